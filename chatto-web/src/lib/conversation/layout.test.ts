import { describe, expect, it } from 'vitest';
import { ListLayout } from './layout';

describe('ListLayout', () => {
  function layout(count: number): ListLayout {
    const list = new ListLayout();
    list.setRows(
      Array.from({ length: count }, (_, index) => `k${index}`),
      Array.from({ length: count }, () => 10),
    );
    return list;
  }

  it('places rows by estimates until they are measured', () => {
    const list = layout(5);
    expect(list.total).toBe(50);

    expect(list.measure(new Map([['k1', 40]]))).toBe(true);

    expect([list.top(1), list.top(2), list.total]).toEqual([10, 50, 80]);
    expect(list.measure(new Map([['k1', 40]]))).toBe(false);
    expect(list.measure(new Map([['gone', 40]]))).toBe(false);
  });

  it('keeps measured heights when rows are put in above', () => {
    const list = layout(3);
    list.measure(new Map([['k2', 100]]));

    list.setRows(['older', 'k0', 'k1', 'k2'], [10, 10, 10, 10]);

    expect(list.top(3)).toBe(30);
    expect(list.total).toBe(130);
  });

  it('finds rows and draws a bounded range, however long the list', () => {
    const list = layout(10_000);

    expect(list.indexAt(54_321)).toBe(5432);
    expect(list.indexAt(-5)).toBe(0);
    expect(list.indexAt(1e9)).toBe(9999);
    expect(list.range(50_000, 600, 300)).toEqual({ start: 4970, end: 5091 });
    expect(layout(0).range(0, 600, 300)).toEqual({ start: 0, end: 0 });
  });
});
