import { countdown } from './options';

const TICK_MILLIS = 250;

/** Counts down to when somebody may write into a slow room again. */
export class SlowModeWait {
  private now = $state(0);

  /** What is left, as text; undefined when there is nothing to wait for. */
  readonly left: string | undefined = $derived.by(() => {
    const until = this.until();
    return until === undefined ? undefined : countdown(Date.parse(until) - Math.max(this.now, this.clock()));
  });

  constructor(
    private readonly until: () => string | undefined,
    private readonly clock: () => number,
  ) {}

  /** Keeps the count going while there is something to wait for; to be called by an effect. */
  follow(): (() => void) | undefined {
    const until = this.until();
    if (until === undefined || Date.parse(until) <= this.clock()) return undefined;
    const timer = setInterval(() => {
      this.now = this.clock();
      if (this.now >= Date.parse(until)) clearInterval(timer);
    }, TICK_MILLIS);
    return () => clearInterval(timer);
  }
}
