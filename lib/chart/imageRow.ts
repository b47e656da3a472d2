import type { Figure } from "./figure";
import { imageGrid, type ImageOptions } from "./imageGrid";
import { imageCount, type Pixels } from "./pictureGrid";

/**
 * Images side by side in one row; captions and options as in `imageGrid`.
 *
 * @throws TypeError when the pixels are not whole images, RangeError when a list is shorter than the images or a class
 * has no name
 */
export function imageRow(images: Pixels, options: Omit<ImageOptions, "columns"> = {}): Figure {
  return imageGrid(images, { ...options, columns: imageCount(images, options) });
}
