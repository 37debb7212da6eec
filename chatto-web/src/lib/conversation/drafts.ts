import { lineKey, type Line } from '../api/client';
import type { DeviceStorage } from '../support/storage';

/** What was typed and not sent, for each line, on this device. */
export class Drafts {
  constructor(
    private readonly storage: DeviceStorage,
    private readonly userId: () => string | undefined,
  ) {}

  get(line: Line): string {
    return this.storage.get(this.key(line)) ?? '';
  }

  set(line: Line, text: string): void {
    if (text.trim() === '') this.storage.remove(this.key(line));
    else this.storage.set(this.key(line), text);
  }

  private key(line: Line): string {
    return `chatto.draft.${this.userId() ?? ''}.${lineKey(line)}`;
  }
}
