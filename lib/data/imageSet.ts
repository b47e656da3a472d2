/** Grey pictures and their classes. */
export interface ImageSet {
  /** [count, height, width], row after row; 0 is the background, 255 the brightest. */
  images: Uint8Array;
  /** [count] class numbers, 0 to 9. */
  labels: Uint8Array;
  count: number;
  width: number;
  height: number;
}
