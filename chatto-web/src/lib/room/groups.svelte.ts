import type { ChattoApi, GroupChange } from '../api/client';
import type { Group } from '../api/types';
import type { LiveEvent } from '../realtime/events';
import type { DeviceStorage } from '../support/storage';

const FOLDED = 'chatto.folded';

/** The groups that rooms are listed in, and which of them this device shows folded. */
export class Groups {
  all: Group[] = $state.raw([]);

  private folded: ReadonlySet<string>;
  private changes = $state(0);

  constructor(
    private readonly api: Pick<ChattoApi, 'groups' | 'createGroup' | 'updateGroup' | 'deleteGroup'>,
    private readonly storage: DeviceStorage,
  ) {
    this.folded = new Set((storage.get(FOLDED) ?? '').split(' ').filter((id) => id !== ''));
  }

  async load(): Promise<void> {
    this.all = await this.api.groups();
  }

  isFolded(id: string): boolean {
    void this.changes;
    return this.folded.has(id);
  }

  fold(id: string, folded: boolean): void {
    const next = new Set(this.folded);
    if (folded) next.add(id);
    else next.delete(id);
    this.folded = next;
    this.storage.set(FOLDED, [...next].join(' '));
    this.changes += 1;
  }

  async create(change: GroupChange): Promise<void> {
    await this.api.createGroup(change);
    await this.load();
  }

  async update(id: string, change: GroupChange): Promise<void> {
    await this.api.updateGroup(id, change);
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await this.api.deleteGroup(id);
    await this.load();
  }

  apply(event: LiveEvent): void {
    if (event.type === 'groups.changed') this.all = event.groups;
  }

  clear(): void {
    this.all = [];
  }
}
