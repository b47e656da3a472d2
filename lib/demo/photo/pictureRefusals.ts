import { Refused } from "../web/refused";

/** For a picture of more pixels than are read. */
export function tooManyPixels(most: number): Refused {
  return new Refused(
    413,
    "too_many_pixels",
    `The picture has too many pixels; at most ${most / 1e6} million are read.`,
  );
}

/** For a picture file that cannot be read to its end. */
export function damaged(): Refused {
  return new Refused(422, "damaged", "The picture cannot be decoded; the file is damaged or cut off.");
}
