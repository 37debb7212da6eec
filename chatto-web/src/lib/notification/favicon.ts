const SIZE = 64;
const MOST_SHOWN = 99;

/** Draws how much is unread onto the page's icon in the tab. */
export class Favicon {
  private readonly original: string | undefined;
  private shown = 0;

  constructor(private readonly link: HTMLLinkElement | null) {
    this.original = link?.href;
  }

  show(count: number): void {
    if (count === this.shown || this.link === null || this.original === undefined) return;
    this.shown = count;
    if (count === 0) {
      this.set(this.original, 'image/svg+xml');
      return;
    }
    const image = new Image(SIZE, SIZE);
    image.addEventListener('load', () => {
      const drawn = this.shown === count ? draw(image, count) : undefined;
      if (drawn !== undefined) this.set(drawn, 'image/png');
    });
    image.src = this.original;
  }

  private set(href: string, type: string): void {
    if (this.link === null) return;
    this.link.type = type;
    this.link.href = href;
  }
}

/** What fits into a circle of a few pixels. */
export function badgeText(count: number): string {
  return count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
}

function draw(image: HTMLImageElement, count: number): string | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.drawImage(image, 0, 0, SIZE, SIZE);
  const text = count > 9 ? '9+' : String(count);
  context.fillStyle = '#c8281e';
  context.beginPath();
  context.arc(SIZE - 21, 21, 21, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#ffffff';
  context.font = `bold ${text.length > 1 ? 25 : 32}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, SIZE - 21, 23);
  return canvas.toDataURL('image/png');
}
