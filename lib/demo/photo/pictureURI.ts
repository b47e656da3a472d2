import { encodePNG, toDataURI } from "../../chart/png";
import { areaAverage, type Grey } from "./areaAverage";

/** The longest edge of a picture that is sent, in pixels; most have less, and to shrink one takes longer than to send it. */
const LONGEST = 160;
/** Steps are looked at once: a little larger, and five times as fast. */
const LEVEL = 1;

/** A grey picture as a PNG in a `data:` address, made smaller where it is larger than a page needs. */
export function pictureURI(picture: Grey): string {
  const { width, levels } = shrink(picture);
  return toDataURI(encodePNG(levels, width, { level: LEVEL }));
}

/** The same for a square of 28 x 28. */
export function squareURI(pixels: Uint8Array): string {
  return toDataURI(encodePNG(pixels, 28));
}

function shrink(picture: Grey): Grey {
  const { width, height } = picture;
  const scale = LONGEST / Math.max(width, height);
  if (scale >= 1) return picture;
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  return areaAverage(picture, { left: 0, top: 0, right: width, bottom: height }, size);
}
