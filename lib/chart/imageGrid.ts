import { escapeLabel, type Figure } from "./figure";
import { checkLists, imageCount, pictureGrid, type GridOptions, type Pixels, type Tile } from "./pictureGrid";
import { BLUE, RED } from "./theme";

/** Options of `imageGrid`. */
export interface ImageOptions extends GridOptions {
  /** Class number predicted for each image. */
  predicted?: ArrayLike<number>;
  /** True class number of each image; with `predicted`, captions are blue when right and red when wrong. */
  actual?: ArrayLike<number>;
  /** Class names in label order; default the bare numbers. */
  names?: readonly string[];
  /** Captions in place of the classes. */
  titles?: readonly string[];
  /** Probability of the predicted class, 0 to 1. */
  confidence?: ArrayLike<number>;
}

/**
 * Images in rows of `columns` (default 5), each captioned with its class number and name. With `predicted` and
 * `actual`, the predicted class is blue when right, red with the true class when wrong.
 *
 * @param images - [n, height, width] pixels as bytes 0 to 255 or floats 0 to 1
 * @throws TypeError when the pixels are not whole images, RangeError when a list is shorter than the images or a class has no name
 */
export function imageGrid(images: Pixels, options: ImageOptions = {}): Figure {
  const count = imageCount(images, options);
  const { predicted, actual, titles, confidence } = options;
  checkLists({ predicted, actual, titles, confidence }, count, "imageGrid()");
  const tiles = Array.from({ length: count }, (_, index) => tileOf(index, options));
  return pictureGrid(images, tiles, options);
}

function tileOf(index: number, { predicted, actual, names, titles, confidence }: ImageOptions): Tile {
  const label = (value: number) => labelOf(value, names);
  const shown = predicted ?? actual;
  const wrong = predicted && actual && predicted[index] !== actual[index];
  const sure = confidence ? ` ${percent(confidence[index])}` : "";
  const main = titles ? escapeLabel(titles[index]) : shown ? label(shown[index]) : "";
  const truth = wrong ? [`(true: ${nameOf(actual[index], names)})`] : [];
  const colour = predicted && actual ? (wrong ? RED : BLUE) : undefined;
  const hover = [
    `image ${index}`,
    ...(titles ? [main] : []),
    ...(predicted ? [`predicted ${label(predicted[index])}${sure}`] : []),
    ...(actual ? [`true ${label(actual[index])}`] : []),
  ];
  return { lines: [main + sure, ...truth].filter(Boolean), colour, hover: hover.join("<br>") };
}

function labelOf(value: number, names?: readonly string[]): string {
  return names ? `${value} ${nameOf(value, names)}` : String(value);
}

function nameOf(value: number, names?: readonly string[]): string {
  if (!names) return String(value);
  if (names[value] === undefined)
    throw new RangeError(`imageGrid(): class ${value} has no name among ${names.length}; give a name for each class`);
  return escapeLabel(names[value]);
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
