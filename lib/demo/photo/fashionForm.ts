import { areaAverage, type Box, type Grey } from "./areaAverage";
import { type Background, findBackground } from "./background";
import { type Photo, toGrey } from "./photo";

/** A photo as the network knows its pictures. */
export interface FashionForm {
  /** [28, 28] bytes, white on black. */
  pixels: Uint8Array;
  /** What was done, in order. */
  steps: FormStep[];
}

/** A stage on the way. */
export interface FormStep {
  /** A word or two for a caption. */
  name: string;
  /** What was found and done, a sentence. */
  note: string;
  /** The picture after it. */
  picture: Grey;
}

const SIZE = 28;

/** The longest edge, in pixels, to which a photo is decoded: to shrink smaller ones would take longer than it saves. */
export const FORM_EDGE = 320;
/** The edge that is enough: a thing that takes up a fifth of it still has as many pixels as the form. */
const ENOUGH = 140;

/** A background from this level on is bright. */
const BRIGHT = 128;
/** Where nothing rises above this level there is nothing to be seen. */
const FAINT = 24;

/**
 * Brings a photo of one piece of clothing into the form of Fashion-MNIST, much as its makers did (Xiao, Rasul and Vollgraf,
 * 2017, section 2): grey, white on black, cropped to the thing, its longer edge 28 pixels, in the middle. Pixels
 * are averaged over the area that they cover, so that thin parts do not vanish.
 *
 * A picture of 28 x 28 is taken to have that form but for its colours.
 */
export function toFashionForm(photo: Photo): FashionForm {
  const grey = toGrey(photo, ENOUGH);
  const background = findBackground(grey);
  const bright = background.level >= BRIGHT;
  const lit = riseFrom(grey, background, bright);
  const steps: FormStep[] = [
    { name: "Grey", note: `${grey.width} x ${grey.height} pixels without colours.`, picture: grey },
    { name: bright ? "Inverted" : "Not inverted", note: inversionNote(background, bright), picture: lit },
  ];
  if (photo.width === SIZE && photo.height === SIZE) return { pixels: stretch(lit.levels), steps };
  const box = findThing(lit, background);
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const fitted = fit(lit, box);
  const pixels = stretch(centre(fitted));
  steps.push(
    {
      name: "Cropped",
      note: `To what stands out: ${wide} x ${high} pixels.`,
      get picture() {
        return crop(lit, box); // only where somebody looks at it
      },
    },
    { name: "Shrunk", note: `Averaged to ${fitted.width} x ${fitted.height} pixels.`, picture: fitted },
    {
      name: "Centred",
      note: "In the middle of 28 x 28 pixels: what the network sees.",
      picture: { width: SIZE, height: SIZE, levels: pixels },
    },
  );
  return { pixels, steps };
}

function inversionNote({ level }: Background, bright: boolean): string {
  const found = `The background is ${bright ? "bright" : "dark"} (${Math.round(level)} of 255)`;
  return bright ? `${found}, so bright and dark change places.` : `${found}, as the network knows it.`;
}

/** How far each pixel rises from the background, 255 where it could not be farther. */
function riseFrom({ width, height, levels }: Grey, { level }: Background, bright: boolean): Grey {
  const most = bright ? level : 255 - level;
  const rises = new Uint8Array(256);
  for (let value = 0; value < 256; value++)
    rises[value] = Math.round((Math.max(0, bright ? level - value : value - level) * 255) / most);
  const lit = new Uint8Array(levels.length);
  for (let i = 0; i < lit.length; i++) lit[i] = rises[levels[i]];
  return { width, height, levels: lit };
}

/** Where the thing lies: the rows and columns with more than unrest in them; all of the picture where there is nothing. */
function findThing({ width, height, levels }: Grey, { spread }: Background): Box {
  const least = FAINT / 2 + 4 * spread;
  const [rows, columns] = [new Float64Array(height), new Float64Array(width)];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (levels[y * width + x] > least) {
        rows[y]++;
        columns[x]++;
      }
  const [top, bottom] = extent(rows, width / 200);
  const [left, right] = extent(columns, height / 200);
  return { left, top, right, bottom };
}

/** From the first to beyond the last value above a threshold; everything where none is. */
function extent(counts: Float64Array, threshold: number): [number, number] {
  const first = counts.findIndex((count) => count > threshold);
  if (first < 0) return [0, counts.length];
  let end = counts.length;
  while (counts[end - 1] <= threshold) end--;
  return [first, end];
}

function crop({ width, levels }: Grey, { left, top, right, bottom }: Box): Grey {
  const cropped = {
    width: right - left,
    height: bottom - top,
    levels: new Uint8Array((right - left) * (bottom - top)),
  };
  for (let y = top; y < bottom; y++)
    cropped.levels.set(levels.subarray(y * width + left, y * width + right), (y - top) * cropped.width);
  return cropped;
}

function fit(picture: Grey, box: Box): Grey {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = SIZE / Math.max(width, height);
  return areaAverage(picture, box, { width: shrunk(width, scale), height: shrunk(height, scale) });
}

function shrunk(length: number, scale: number): number {
  return Math.max(1, Math.round(length * scale));
}

function centre({ width, height, levels }: Grey): Uint8Array {
  const pixels = new Uint8Array(SIZE * SIZE);
  const [left, top] = [Math.ceil((SIZE - width) / 2), Math.ceil((SIZE - height) / 2)]; // as in Fashion-MNIST
  for (let y = 0; y < height; y++) pixels.set(levels.subarray(y * width, (y + 1) * width), (top + y) * SIZE + left);
  return pixels;
}

/** The brightest pixel becomes white, as in Fashion-MNIST; what is all but empty stays so. */
function stretch(levels: Uint8Array): Uint8Array {
  const most = levels.reduce((brightest, level) => Math.max(brightest, level), 0);
  return most < FAINT ? levels : levels.map((level) => Math.round((level * 255) / most));
}
