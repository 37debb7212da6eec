import type { Attachment } from '../api/attachments';
import type { Author } from '../api/types';

/** A picture and where it comes from. */
export interface Picture {
  image: Attachment;
  author: Author;
  createdAt: string;
  /** The address of its message, where that is not in view. */
  path: string | undefined;
}

/** The pictures that lie over the page, one at a time. */
export class Gallery {
  private pictures: readonly Picture[] = $state.raw([]);
  private index = $state(0);

  get shown(): Picture | undefined {
    return this.pictures[this.index];
  }

  get count(): number {
    return this.pictures.length;
  }

  /** Counted from one. */
  get position(): number {
    return this.index + 1;
  }

  open(pictures: readonly Picture[], imageId: string): void {
    this.pictures = pictures;
    this.index = Math.max(
      0,
      pictures.findIndex(({ image }) => image.id === imageId),
    );
  }

  /** The picture that many steps on; undefined beyond the ends. */
  neighbour(step: number): Picture | undefined {
    return this.pictures[this.index + step];
  }

  move(step: number): void {
    if (this.neighbour(step) !== undefined) this.index += step;
  }

  close(): void {
    this.pictures = [];
    this.index = 0;
  }
}
