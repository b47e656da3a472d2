import { takeImages } from "./split";
import type { ImageSet } from "./imageSet";

/**
 * The pixels of some items of a catalogue, in the order in which they are named: [ids.length, height, width].
 *
 * @param ids - item ids, which are the numbers of the images
 * @throws RangeError when an id is not that of an image
 */
export function pixelsOf(catalogue: ImageSet, ids: readonly (number | string)[]): Uint8Array {
  return takeImages(catalogue, ids.map(Number)).images;
}
