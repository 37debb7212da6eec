import type { DeviceStorage } from './storage';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'chatto.theme';
const CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

/** Light, dark, or as the device says; the choice is per device. */
export class Theme {
  choice: ThemeChoice = $state('system');
  private readonly media = window.matchMedia('(prefers-color-scheme: dark)');

  constructor(private readonly storage: DeviceStorage) {
    this.choice = CHOICES.find((choice) => choice === storage.get(KEY)) ?? 'system';
    this.media.addEventListener('change', () => this.apply());
    this.apply();
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    this.storage.set(KEY, choice);
    this.apply();
  }

  private apply(): void {
    const dark = this.choice === 'dark' || (this.choice === 'system' && this.media.matches);
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    const colour = document.querySelector('meta[name="theme-color"]');
    colour?.setAttribute('content', dark ? '#161210' : '#f5f1ea');
  }
}
