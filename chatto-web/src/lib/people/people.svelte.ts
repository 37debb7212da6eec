import { SvelteMap } from 'svelte/reactivity';
import type { Author, Status, User } from '../api/types';
import type { LiveEvent } from '../realtime/events';

const MOST_KEPT = 2_000;

/** What has changed about people since what is shown of them was loaded. */
export class People {
  private readonly changed = new SvelteMap<string, Author>();

  constructor(private readonly now: () => number) {}

  apply(event: LiveEvent): void {
    if (event.type === 'user.updated') this.update(event.user);
  }

  update(user: User): void {
    this.changed.delete(user.id);
    this.changed.set(user.id, user);
    for (const oldest of [...this.changed.keys()].slice(0, -MOST_KEPT)) this.changed.delete(oldest);
  }

  /** A person as they are now, as far as this page has heard. */
  latest<T extends Pick<Author, 'id' | 'displayName' | 'avatarUrl'>>(person: T): T {
    const news = this.changed.get(person.id);
    return news === undefined
      ? person
      : { ...person, displayName: news.displayName, avatarUrl: news.avatarUrl, status: news.status };
  }

  /** A person's picture as it is now. */
  avatarUrl(id: string, known: string | undefined): string | undefined {
    const news = this.changed.get(id);
    return news === undefined ? known : news.avatarUrl;
  }

  /** What a person tells of themselves now. */
  status(person: Author): Status | undefined {
    const { status } = this.latest(person);
    if (status?.expiresAt !== undefined && Date.parse(status.expiresAt) <= this.now()) return undefined;
    return status;
  }

  clear(): void {
    this.changed.clear();
  }
}
