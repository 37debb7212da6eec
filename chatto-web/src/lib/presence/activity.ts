/** What this tab says of the person in front of it. */
export type Activity = 'online' | 'away';

export const IDLE_MILLIS = 5 * 60_000;
export const HIDDEN_MILLIS = 10_000;

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const;

/** The part of a page that tells whether somebody uses it. */
export interface Page {
  readonly window: EventTarget;
  readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState };
}

/** Decides whether somebody uses this tab: not after five minutes without a sign of it, nor ten seconds after it was hidden. */
export class ActivityMonitor {
  private activity: Activity = 'online';
  private lastSign = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly report: (activity: Activity) => void,
    private readonly page: Page = { window, document },
  ) {}

  start(): () => void {
    const sign = (): void => this.sign();
    const turned = (): void => this.turned();
    for (const name of SIGNS) this.page.window.addEventListener(name, sign, { capture: true, passive: true });
    this.page.document.addEventListener('visibilitychange', turned);
    this.lastSign = Date.now();
    this.turned();
    return () => {
      clearTimeout(this.timer);
      for (const name of SIGNS) this.page.window.removeEventListener(name, sign, { capture: true });
      this.page.document.removeEventListener('visibilitychange', turned);
    };
  }

  private get hidden(): boolean {
    return this.page.document.visibilityState === 'hidden';
  }

  /** Comes often: while active it does nothing but note the time. */
  private sign(): void {
    if (this.hidden) return;
    this.lastSign = Date.now();
    if (this.activity === 'away') {
      this.become('online');
      this.wait(IDLE_MILLIS);
    }
  }

  private turned(): void {
    if (this.hidden) {
      this.wait(HIDDEN_MILLIS);
    } else {
      this.sign();
      this.wait(IDLE_MILLIS);
    }
  }

  private wait(millis: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.elapsed(), millis);
  }

  private elapsed(): void {
    const left = this.hidden ? 0 : this.lastSign + IDLE_MILLIS - Date.now();
    if (left > 0) this.wait(left);
    else this.become('away');
  }

  private become(activity: Activity): void {
    if (activity === this.activity) return;
    this.activity = activity;
    this.report(activity);
  }
}
