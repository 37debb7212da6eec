export type Overlay = 'switcher' | 'help';

/** What lies over the whole page, one at a time; anything on the page may call for it. */
export class Overlays {
  shown: Overlay | undefined = $state();

  show(overlay: Overlay): void {
    this.shown = overlay;
  }

  toggle(overlay: Overlay): void {
    this.shown = this.shown === overlay ? undefined : overlay;
  }

  /** Takes an overlay away, if it is still the one that is shown. */
  close(overlay: Overlay): void {
    if (this.shown === overlay) this.shown = undefined;
  }
}
