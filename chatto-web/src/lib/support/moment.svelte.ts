const TICK_MILLIS = 30_000;

/** The present as something a view can depend on; it moves every half minute. */
export class Moment {
  now = $state(Date.now());

  start(): () => void {
    const timer = setInterval(() => {
      this.now = Date.now();
    }, TICK_MILLIS);
    return () => clearInterval(timer);
  }
}
