/** How pictures stand together in a message: rows of equal width, in which every picture keeps about its own shape. */
export interface GridTile<T> {
  item: T;
  /** Width by height. */
  ratio: number;
}

/** The greatest width of a picture, or of several together, in pixels of the page. */
export const GRID_WIDTH = 480;
/** The greatest height of a picture that stands alone. */
export const SINGLE_HEIGHT = 320;
export const GRID_GAP = 4;

const SMALLEST = 48;
const FLATTEST = 2.4;
const STEEPEST = 0.7;

/** How many pictures stand in each row. */
const ROWS: Readonly<Record<number, readonly number[]>> = {
  2: [2],
  3: [3],
  4: [2, 2],
  5: [2, 3],
  6: [3, 3],
  7: [3, 4],
  8: [4, 4],
  9: [3, 3, 3],
  10: [3, 3, 4],
};
const IN_ROW = 4;

interface Measured {
  width?: number | undefined;
  height?: number | undefined;
}

/** The shape of a picture; a square while it is not known. */
export function ratioOf({ width, height }: Measured): number {
  return width === undefined || height === undefined || width <= 0 || height <= 0 ? 1 : width / height;
}

/** The size at which a picture that stands alone is shown: no larger than it is, and within the limits. */
export function singleSize(picture: Measured): { width: number; height: number } {
  const ratio = ratioOf(picture);
  const natural = picture.width ?? SINGLE_HEIGHT;
  const width = Math.max(SMALLEST, Math.min(natural, GRID_WIDTH, SINGLE_HEIGHT * ratio));
  const height = Math.max(SMALLEST, Math.min(width / ratio, SINGLE_HEIGHT));
  return { width: Math.round(width), height: Math.round(height) };
}

/** The rows of several pictures. */
export function gridRows<T extends Measured>(pictures: readonly T[]): GridTile<T>[][] {
  const counts = ROWS[pictures.length] ?? Array<number>(Math.ceil(pictures.length / IN_ROW)).fill(IN_ROW);
  let from = 0;
  return counts.map((count) => {
    const row = pictures.slice(from, from + count);
    from += count;
    return row.map((item) => ({ item, ratio: Math.min(FLATTEST, Math.max(STEEPEST, ratioOf(item))) }));
  });
}

/** The height of pictures in a place that is wide enough for them. */
export function gridHeight(pictures: readonly Measured[]): number {
  const first = pictures[0];
  if (first === undefined) return 0;
  if (pictures.length === 1) return singleSize(first).height;
  const heights = gridRows(pictures).map(
    (row) => (GRID_WIDTH - GRID_GAP * (row.length - 1)) / row.reduce((width, { ratio }) => width + ratio, 0),
  );
  return Math.round(heights.reduce((sum, height) => sum + height + GRID_GAP, -GRID_GAP));
}
