/**
 * Runs an action once, some time after it was asked for. The time is random, so that many clients that are told the same do not all
 * turn to the server at once.
 */
export class Scattered {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly atMostMillis: number,
    private readonly action: () => void,
    private readonly random: () => number = Math.random,
  ) {}

  /** Asking again before it runs changes nothing. */
  request(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.action();
    }, this.random() * this.atMostMillis);
  }
}
