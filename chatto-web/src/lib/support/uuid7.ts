/** Makes UUIDs of version 7: ordered by time, unique, and increasing even within one millisecond. */
export class Uuid7 {
  private lastMillis = 0;
  private counter = 0;

  constructor(
    private readonly now: () => number,
    private readonly fill: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) =>
      crypto.getRandomValues(bytes),
  ) {}

  next(): string {
    const bytes = new Uint8Array(16);
    this.fill(bytes);
    const millis = this.advance(((bytes[6] ?? 0) << 3) | ((bytes[7] ?? 0) & 0x07));
    const view = new DataView(bytes.buffer);
    view.setUint16(0, Math.floor(millis / 2 ** 32));
    view.setUint32(2, millis % 2 ** 32);
    view.setUint16(6, 0x7000 | this.counter);
    view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  /** A clock that stands still or runs backwards uses the counter, and borrows a millisecond when that is full. */
  private advance(seed: number): number {
    const millis = this.now();
    if (millis > this.lastMillis) {
      this.lastMillis = millis;
      this.counter = seed;
    } else {
      this.counter += 1;
      if (this.counter > 0xfff) {
        this.lastMillis += 1;
        this.counter = seed;
      }
    }
    return this.lastMillis;
  }
}
