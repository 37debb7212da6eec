/** The server's time as well as this machine can know it; keys and the edit window depend on it, not on a wrong local clock. */
export class ServerClock {
  private offsetMillis = 0;

  constructor(private readonly local: () => number = Date.now) {}

  /** Milliseconds since 1970 by the server's clock. */
  now(): number {
    return this.local() + this.offsetMillis;
  }

  /** Corrects the clock from a server time that was read between two local times. */
  adjust(serverTime: string, sentAt: number, receivedAt: number): void {
    const server = Date.parse(serverTime);
    if (Number.isNaN(server)) return;
    this.offsetMillis = Math.round(server - (sentAt + receivedAt) / 2);
  }
}
