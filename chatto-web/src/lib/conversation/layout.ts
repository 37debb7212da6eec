/** Heights and places of the rows of a long list, of which only a few are drawn. */
export class ListLayout {
  private keys: readonly string[] = [];
  private indexByKey = new Map<string, number>();
  private readonly measured = new Map<string, number>();
  private estimates: readonly number[] = [];
  private tops = new Float64Array(1);

  get length(): number {
    return this.keys.length;
  }

  get total(): number {
    return this.tops[this.keys.length] ?? 0;
  }

  setRows(keys: readonly string[], estimates: readonly number[]): void {
    this.keys = keys;
    this.estimates = estimates;
    this.indexByKey = new Map(keys.map((key, index) => [key, index]));
    for (const key of this.measured.keys()) {
      if (!this.indexByKey.has(key)) this.measured.delete(key);
    }
    this.place();
  }

  /** Notes measured heights; returns whether anything moved. */
  measure(heights: ReadonlyMap<string, number>): boolean {
    let changed = false;
    for (const [key, height] of heights) {
      if (!this.indexByKey.has(key) || this.measured.get(key) === height) continue;
      this.measured.set(key, height);
      changed = true;
    }
    if (changed) this.place();
    return changed;
  }

  key(index: number): string | undefined {
    return this.keys[index];
  }

  index(key: string): number | undefined {
    return this.indexByKey.get(key);
  }

  top(index: number): number {
    return this.tops[Math.min(Math.max(index, 0), this.keys.length)] ?? 0;
  }

  /** The row at a distance from the top of the list. */
  indexAt(y: number): number {
    let low = 0;
    let high = this.keys.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** The rows to draw, `[start, end)`, for a viewport and a margin around it. */
  range(scrollTop: number, viewport: number, margin: number): { start: number; end: number } {
    if (this.keys.length === 0) return { start: 0, end: 0 };
    const start = this.indexAt(Math.max(0, scrollTop - margin));
    const end = this.indexAt(scrollTop + viewport + margin) + 1;
    return { start, end };
  }

  private place(): void {
    const tops = new Float64Array(this.keys.length + 1);
    let top = 0;
    for (let index = 0; index < this.keys.length; index += 1) {
      tops[index] = top;
      top += this.measured.get(this.keys[index] ?? '') ?? this.estimates[index] ?? 0;
    }
    tops[this.keys.length] = top;
    this.tops = tops;
  }
}
