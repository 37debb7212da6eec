import type { DeviceStorage } from '../support/storage';

const MOST = 12;

/** The rooms that were opened last on this device, the newest first. */
export class RecentRooms {
  constructor(
    private readonly storage: DeviceStorage,
    private readonly userId: () => string | undefined,
  ) {}

  get ids(): readonly string[] {
    const stored = this.storage.get(this.key()) ?? '';
    return stored.split(' ').filter((id) => id !== '');
  }

  visit(id: string): void {
    const ids = [id, ...this.ids.filter((other) => other !== id)].slice(0, MOST);
    this.storage.set(this.key(), ids.join(' '));
  }

  private key(): string {
    return `chatto.recent.${this.userId() ?? ''}`;
  }
}
