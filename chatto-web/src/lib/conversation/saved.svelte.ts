import { SvelteSet } from 'svelte/reactivity';
import { describeError } from '../api/error';
import { placeKey, type PersonalApi, type Place } from '../api/personal';
import type { LiveEvent } from '../realtime/events';
import type { Toasts } from '../support/toasts.svelte';

type Calls = Pick<PersonalApi, 'savedPlaces' | 'save'>;

/** Which messages this person has saved. */
export class Saved {
  private readonly keys = new SvelteSet<string>();

  constructor(
    private readonly api: Calls,
    private readonly toasts: Pick<Toasts, 'error'>,
  ) {}

  has(place: Place): boolean {
    return this.keys.has(placeKey(place));
  }

  async load(): Promise<void> {
    const places = await this.api.savedPlaces();
    this.keys.clear();
    for (const place of places) this.keys.add(placeKey(place));
  }

  /** Saves a message, or no longer; shown at once, taken back when the server refuses. */
  async toggle(place: Place): Promise<void> {
    const on = !this.has(place);
    this.set(place, on);
    try {
      await this.api.save(place, on);
    } catch (error) {
      this.set(place, !on);
      this.toasts.error(describeError(error));
    }
  }

  apply(event: LiveEvent): void {
    if (event.type === 'saved.updated') this.set(event, event.saved);
  }

  clear(): void {
    this.keys.clear();
  }

  private set(place: Place, on: boolean): void {
    if (on) this.keys.add(placeKey(place));
    else this.keys.delete(placeKey(place));
  }
}
