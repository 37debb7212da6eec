import { decodePreferences, type PersonalApi, type Preferences as Facts } from '../api/personal';
import { Throttle } from '../support/throttle';

const SEND_INTERVAL_MILLIS = 3_000;
const MOST_RECENT = 36;

/** What the person prefers, on all devices. It counts here at once and is told to the server a little later. */
export class Preferences {
  facts: Facts = $state.raw(decodePreferences({}, ''));
  loaded = $state(false);
  private unsent: Partial<Facts> = {};
  private readonly sends = new Throttle(SEND_INTERVAL_MILLIS, () => void this.send());

  constructor(private readonly api: Pick<PersonalApi, 'preferences' | 'prefer'>) {}

  async load(): Promise<void> {
    this.facts = { ...(await this.api.preferences()), ...this.unsent };
    this.loaded = true;
  }

  clear(): void {
    this.sends.cancel();
    this.unsent = {};
    this.facts = decodePreferences({}, '');
    this.loaded = false;
  }

  change(change: Partial<Facts>): void {
    this.facts = { ...this.facts, ...change };
    this.unsent = { ...this.unsent, ...change };
    this.sends.request();
  }

  /** The person is in this room now. */
  visited(roomId: string): void {
    if (this.loaded && this.facts.lastRoomId !== roomId) this.change({ lastRoomId: roomId });
  }

  /** The person used an emoji; the latest comes first. */
  used(emoji: string): void {
    const others = this.facts.recentEmoji.filter((known) => known !== emoji);
    if (this.facts.recentEmoji[0] !== emoji)
      this.change({ recentEmoji: [emoji, ...others].slice(0, MOST_RECENT) });
  }

  private async send(): Promise<void> {
    const change = this.unsent;
    this.unsent = {};
    if (Object.keys(change).length === 0) return;
    // What cannot be told now is told with the next change; none of it is worth a word to anybody.
    await this.api.prefer(change).catch(() => {
      this.unsent = { ...change, ...this.unsent };
    });
  }
}
