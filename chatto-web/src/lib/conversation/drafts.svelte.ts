import { SvelteMap } from 'svelte/reactivity';
import { lineKey, type Line } from '../api/client';
import { ApiError } from '../api/error';
import { object, number, optional, string, withDefault, boolean, type Decoder } from '../api/decode';
import type { DraftFacts, PersonalApi } from '../api/personal';
import type { LiveEvent } from '../realtime/events';
import type { DeviceStorage } from '../support/storage';
import { Throttle } from '../support/throttle';

const SEND_INTERVAL_MILLIS = 1_500;
const RETRY_MILLIS = 10_000;

/** What was written in one line, or that there is nothing any more. */
interface Entry {
  roomId: string;
  threadRoot: number | undefined;
  body: string;
  at: number;
  /** Whether the server has to be told. */
  unsent: boolean;
}

const decodeEntry: Decoder<Entry> = object({
  roomId: string,
  threadRoot: optional(number),
  body: withDefault(string, ''),
  at: number,
  unsent: withDefault(boolean, true),
});

type Calls = Pick<PersonalApi, 'drafts' | 'keepDraft'>;

/**
 * What was typed and not sent, for each line. It is on this device at once and on the server a moment later, and from there on all other
 * devices. Where two differ, what was written last counts.
 */
export class Drafts {
  private readonly entries = new SvelteMap<string, Entry>();
  private readonly sends = new Throttle(SEND_INTERVAL_MILLIS, () => void this.send());
  private user: string | undefined;
  private sending = false;

  constructor(
    private readonly api: Calls,
    private readonly storage: DeviceStorage,
    private readonly now: () => number,
  ) {}

  /** Takes up a person's drafts as this device knows them. */
  open(user: string): void {
    this.user = user;
    for (const key of this.storage.keys(this.prefix())) {
      const entry = read(this.storage.get(key));
      if (entry === undefined) this.storage.remove(key);
      else this.entries.set(lineKey(entry), entry);
    }
    if (this.unsent().length > 0) this.sends.request();
  }

  clear(): void {
    this.sends.cancel();
    this.entries.clear();
    this.user = undefined;
  }

  get(line: Line): string {
    return this.entries.get(lineKey(line))?.body ?? '';
  }

  /** Whether something was begun anywhere in a room. */
  inRoom(roomId: string): boolean {
    return [...this.entries.values()].some((entry) => entry.roomId === roomId && entry.body !== '');
  }

  set(line: Line, text: string): void {
    const body = text.trim() === '' ? '' : text;
    if (this.user === undefined || body === this.get(line)) return;
    this.put({ ...line, body, at: this.now(), unsent: true });
    this.sends.request();
  }

  /** Takes over what other devices wrote. */
  async load(): Promise<void> {
    const user = this.user;
    const begun = this.now();
    const found = await this.api.drafts();
    if (user !== this.user) return;
    for (const draft of found) this.adopt(draft);
    const there = new Set(found.map(lineKey));
    for (const [key, entry] of [...this.entries]) {
      if (!entry.unsent && !there.has(key) && entry.at < begun) this.forget(key);
    }
    if (this.unsent().length > 0) this.sends.request();
  }

  apply(event: LiveEvent): void {
    if (event.type !== 'draft.updated') return;
    const known = this.entries.get(lineKey(event));
    const at = Date.parse(event.updatedAt);
    if (known !== undefined && known.at >= at) return;
    if (event.present) void this.load().catch(() => undefined);
    else this.forget(lineKey(event));
  }

  private adopt(draft: DraftFacts): void {
    const at = Date.parse(draft.updatedAt);
    const known = this.entries.get(lineKey(draft));
    if (known !== undefined && known.at >= at) return;
    const { roomId, threadRoot, body } = draft;
    this.put({ roomId, threadRoot, body, at, unsent: false });
  }

  private put(entry: Entry): void {
    const key = lineKey(entry);
    this.entries.set(key, entry);
    if (entry.body === '' && !entry.unsent) this.forget(key);
    else this.storage.set(this.prefix() + key, JSON.stringify(entry));
  }

  private forget(key: string): void {
    this.entries.delete(key);
    this.storage.remove(this.prefix() + key);
  }

  private unsent(): Entry[] {
    return [...this.entries.values()].filter((entry) => entry.unsent);
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (const entry of this.unsent()) await this.sendOne(entry);
    } catch {
      // It is on this device; the server is told when it can be reached.
      setTimeout(() => this.sends.request(), RETRY_MILLIS);
    } finally {
      this.sending = false;
    }
    if (this.user !== undefined && this.unsent().some((entry) => entry.at > this.now() - RETRY_MILLIS))
      this.sends.request();
  }

  private async sendOne(entry: Entry): Promise<void> {
    const user = this.user;
    let kept: DraftFacts | undefined;
    try {
      kept = await this.api.keepDraft(entry, entry.body, new Date(entry.at).toISOString());
    } catch (error) {
      if (error instanceof ApiError && !error.temporary)
        this.settle(entry, user); // it stays on this device
      else throw error;
      return;
    }
    this.settle(entry, user);
    if (user === this.user && kept !== undefined) this.adopt(kept);
  }

  private settle(entry: Entry, user: string | undefined): void {
    if (user !== this.user || this.entries.get(lineKey(entry)) !== entry) return;
    this.put({ ...entry, unsent: false });
  }

  private prefix(): string {
    return `chatto.drafts.${this.user ?? ''}.`;
  }
}

function read(text: string | undefined): Entry | undefined {
  try {
    return text === undefined ? undefined : decodeEntry(JSON.parse(text), '');
  } catch {
    return undefined;
  }
}
