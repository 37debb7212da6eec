export interface Size {
  width: number;
  height: number;
}

export const ZOOM_STEP = 1.5;
/** Pictures are enlarged to so many times their own size at most, or to so many times that of the stage. */
const MOST_OF_OWN = 3;
const MOST_OF_STAGE = 3;

/** How much a picture is made smaller to fit on the stage; one that fits keeps its size. */
export function fitting(picture: Size, stage: Size): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  return Math.min(1, stage.width / picture.width, stage.height / picture.height);
}

/** How often a fitted picture can be enlarged by its whole size. */
export function mostZoom(fit: number): number {
  return Math.max(MOST_OF_STAGE, MOST_OF_OWN / fit);
}

export function clampZoom(zoom: number, fit: number): number {
  const most = mostZoom(fit);
  // Almost fitting is fitting: nobody wants to find the last percent.
  return zoom < 1.08 ? 1 : Math.min(most, zoom);
}
