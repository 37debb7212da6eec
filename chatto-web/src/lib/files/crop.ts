import type { Size } from './zoom';

/** A square part of a picture: its middle, each from 0 to 1 of the picture, and how much it is enlarged (1: as much as fits). */
export interface Crop {
  x: number;
  y: number;
  zoom: number;
}

export const WHOLE: Crop = { x: 0.5, y: 0.5, zoom: 1 };
export const MOST_CROP_ZOOM = 5;

/** The side of the square in pixels of the picture. */
export function sideOf(crop: Crop, picture: Size): number {
  return Math.min(picture.width, picture.height) / crop.zoom;
}

/** Moves a crop into the picture where it reaches beyond it. */
export function within(crop: Crop, picture: Size): Crop {
  const zoom = Math.min(MOST_CROP_ZOOM, Math.max(1, crop.zoom));
  const side = sideOf({ ...crop, zoom }, picture);
  const keep = (at: number, length: number): number => {
    const half = side / 2 / length;
    return Math.min(1 - half, Math.max(half, at));
  };
  return { x: keep(crop.x, picture.width), y: keep(crop.y, picture.height), zoom };
}

/** The upper left corner and the side of the square, in pixels of the picture. */
export function cropSquare(crop: Crop, picture: Size): { left: number; top: number; side: number } {
  const side = sideOf(crop, picture);
  return { left: crop.x * picture.width - side / 2, top: crop.y * picture.height - side / 2, side };
}
