import { createSubscriber, SvelteMap } from 'svelte/reactivity';
import type { ChattoApi } from '../api/client';
import type { PresenceChoice, PresenceState } from '../api/types';
import type { LiveEvent } from '../realtime/events';

/** Rows that scroll by are not worth a frame each. */
const SETTLE_MILLIS = 150;

/** The most people that the server tells one connection of. */
const MOST_WATCHED = 500;

/** So many are watched although they are out of sight, so that nothing flickers when they come back into it. */
const KEPT_WATCHED = 200;

/** How people are shown, and what the viewer chose. The server is asked to tell of those on the screen, and of nobody else. */
export class Presence {
  choice: PresenceChoice = $state('automatic');

  private readonly states = new SvelteMap<string, PresenceState>();
  /** By person: to be called by a view that shows them. */
  private readonly showing = new Map<string, () => void>();
  private readonly shown = new Set<string>();
  private watched: readonly string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Pick<ChattoApi, 'choosePresence'>,
    private readonly say: (frame: object) => void,
  ) {}

  /** How a person is shown; undefined until the server has said so. Whom a view asks for is watched while it shows them. */
  of(id: string): PresenceState | undefined {
    this.show(id);
    return this.states.get(id);
  }

  /** Chooses how the viewer is shown. It shows at once; throws when the server does not take it. */
  async choose(choice: PresenceChoice): Promise<void> {
    const former = this.choice;
    this.choice = choice;
    try {
      await this.api.choosePresence(choice);
    } catch (error) {
      this.choice = former;
      throw error;
    }
  }

  /** A connection begins: its server knows nothing yet of whom this page shows. */
  ready(choice: PresenceChoice | undefined): void {
    if (choice !== undefined) this.choice = choice;
    this.watched = this.next();
    if (this.watched.length > 0) this.tell();
  }

  apply(event: LiveEvent): void {
    if (event.type === 'presence.chosen') {
      this.choice = event.choice;
    } else if (event.type === 'presence.changed') {
      for (const { userId, state } of event.presences) {
        if (this.watched.includes(userId)) this.states.set(userId, state);
      }
    }
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.states.clear();
    this.watched = [];
    this.choice = 'automatic';
  }

  private show(id: string): void {
    let subscribe = this.showing.get(id);
    if (subscribe === undefined) {
      subscribe = createSubscriber(() => {
        this.shown.add(id);
        if (!this.watched.includes(id)) this.timer ??= setTimeout(() => this.settle(), SETTLE_MILLIS);
        return () => this.shown.delete(id);
      });
      this.showing.set(id, subscribe);
    }
    subscribe();
  }

  private settle(): void {
    this.timer = undefined;
    this.watched = this.next();
    for (const id of [...this.showing.keys()]) {
      if (this.watched.includes(id)) continue;
      this.states.delete(id); // What is no longer told of would be wrong sooner or later.
      if (!this.shown.has(id)) this.showing.delete(id);
    }
    this.tell();
  }

  /** Those on the screen first, then those who were there last. */
  private next(): string[] {
    const kept = this.watched.filter((id) => !this.shown.has(id));
    const most = Math.min(MOST_WATCHED, Math.max(KEPT_WATCHED, this.shown.size));
    return [...this.shown, ...kept].slice(0, most);
  }

  private tell(): void {
    this.say({ type: 'presence.watch', userIds: this.watched });
  }
}
