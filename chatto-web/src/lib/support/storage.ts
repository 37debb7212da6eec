/** The little this client keeps on the device. It never fails: where the browser refuses, it lasts as long as the tab. */
export interface DeviceStorage {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): string[];
}

export class BrowserStorage implements DeviceStorage {
  private readonly fallback = new Map<string, string>();

  constructor(private readonly area: () => Storage = () => localStorage) {}

  get(key: string): string | undefined {
    return this.fallback.get(key) ?? this.attempt((area) => area.getItem(key)) ?? undefined;
  }

  set(key: string, value: string): void {
    const kept = this.attempt((area) => {
      area.setItem(key, value);
      return true;
    });
    if (kept === true) this.fallback.delete(key);
    else this.fallback.set(key, value);
  }

  remove(key: string): void {
    this.fallback.delete(key);
    this.attempt((area) => area.removeItem(key));
  }

  keys(prefix: string): string[] {
    const stored = this.attempt((area) => Object.keys(area)) ?? [];
    return [...new Set([...stored, ...this.fallback.keys()])].filter((key) => key.startsWith(prefix)).sort();
  }

  /** Storage may be forbidden or full; both are normal here and answered by the fallback. */
  private attempt<T>(action: (area: Storage) => T): T | undefined {
    try {
      return action(this.area());
    } catch {
      return undefined;
    }
  }
}
