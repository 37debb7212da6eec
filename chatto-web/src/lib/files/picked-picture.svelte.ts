import { sizeLabel } from './kinds';

/** A picture that was chosen on this device and not sent yet. */
export class PickedPicture {
  url: string | undefined = $state();
  fault: string | undefined = $state();

  constructor(private readonly mostBytes: number) {}

  take(files: FileList | null | undefined): void {
    const file = files?.[0];
    if (file === undefined) return;
    this.clear();
    if (file.size > this.mostBytes)
      this.fault = `The picture is too large: ${sizeLabel(file.size)}, and it may have ${sizeLabel(this.mostBytes)}.`;
    else this.url = URL.createObjectURL(file);
  }

  /** The browser can make nothing of it. */
  refuse(): void {
    this.clear();
    this.fault = 'This picture cannot be read. Choose a PNG, JPEG, WebP or GIF file.';
  }

  clear(): void {
    if (this.url !== undefined) URL.revokeObjectURL(this.url);
    this.url = undefined;
    this.fault = undefined;
  }
}
