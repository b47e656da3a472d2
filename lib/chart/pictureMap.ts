import { escapeHTML } from "../text";
import { embeddingMap } from "./embeddingMap";
import { inkLevels, type Pixels } from "./pictureGrid";
import { pictureHTML } from "./pictureHTML";
import { PICTURE_MAP_SCRIPT } from "./pictureMapScript";
import { smallPicture } from "./smallPicture";
import { CLASS_COLOURS } from "./theme";
import { toSVG } from "./toSVG";

/** Points of a map, each with its class and its picture. */
export interface PictureMapData {
  /** [n, 2], for instance from `umap`. */
  points: ArrayLike<number>;
  /** Class number of each point, [n]. */
  labels: ArrayLike<number>;
  /** Class names in label order. */
  names: readonly string[];
  /** [n, 28, 28] pixels as bytes 0 to 255 or floats 0 to 1. */
  images: Pixels;
}

/** Options of `pictureMap`. */
export interface PictureMapOptions {
  title?: string;
  /** Points in the still picture at most, taken at even steps; default 1500. */
  still?: number;
  /** How well the pictures are kept, 1 to 100; default 15, at which 10,000 take about 300 kB. */
  quality?: number;
}

/** A map that a notebook shows as a page's element, or as a still picture where scripts do not run. */
export interface PictureMap {
  html: string;
}

const EDGE = 28;
/** Pictures in a row of the sheet. */
const COLUMNS = 100;
/** Steps along each side into which places are rounded: below a pixel of the drawing. */
const STEPS = 2000;

/**
 * A map of pictures: a dot for each in the colour of its class, and the picture itself under the mouse. Classes can be
 * hidden, and a double click enlarges the place under it. The page needs nothing from elsewhere: all pictures are in one
 * sheet, in the order of the classes, in the format AVIF, slightly blurred.
 *
 * @throws TypeError when there are not two coordinates and one picture for each label
 */
export async function pictureMap(data: PictureMapData, options: PictureMapOptions = {}): Promise<PictureMap> {
  const { title = "Map of the pictures", still = 1500, quality = 15 } = options;
  const { points, labels, names, images } = data;
  if (points.length !== 2 * labels.length || images.length !== labels.length * EDGE * EDGE)
    throw new TypeError(
      `pictureMap(): ${points.length} coordinates and ${images.length} pixels for ${labels.length} labels; give 2 and ${EDGE * EDGE} for each`,
    );
  const order = Array.from(labels, (_, index) => index).sort((a, b) => labels[a] - labels[b] || a - b);
  const known = order.filter((index) => labels[index] in names);
  const content = {
    title,
    classes: classesOf(data, known),
    sheet: {
      source: await pictureSheet(images, known, quality),
      columns: COLUMNS,
      rows: Math.ceil(known.length / COLUMNS),
    },
    steps: STEPS,
  };
  const figure = embeddingMap(points, labels, names, { title, limit: still });
  const json = JSON.stringify(content).replace(/</g, "\\u003c");
  const html =
    `<div class="atelier-map" style="max-width:820px">${pictureHTML(toSVG(figure), title)}` +
    `<script type="application/json">${json}</script><script>${PICTURE_MAP_SCRIPT}</script></div>`;
  const bundle = { "text/html": html, "text/plain": `${title} (${known.length} pictures)` };
  return Object.defineProperty({ html }, Symbol.for("Jupyter.display"), { value: () => bundle, configurable: true });
}

/** Name, colour and places of each class, x and y in turn, in the order of the sheet. */
function classesOf({ points, labels, names }: PictureMapData, order: number[]) {
  const place = placer(points);
  return names.map((name, label) => ({
    name: escapeHTML(name),
    colour: CLASS_COLOURS[label % CLASS_COLOURS.length],
    places: order.filter((index) => labels[index] === label).flatMap((index) => place(index)),
  }));
}

/** Rounds places to whole steps from 0, upwards as in a picture; both axes have the same scale. */
function placer(points: ArrayLike<number>): (index: number) => [number, number] {
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (let at = 0; at < points.length; at++) {
    least[at % 2] = Math.min(least[at % 2], points[at]);
    most[at % 2] = Math.max(most[at % 2], points[at]);
  }
  const [width, height] = [most[0] - least[0] || 1, most[1] - least[1] || 1];
  const step = (share: number) => Math.round(STEPS * share);
  return (index) => [step((points[2 * index] - least[0]) / width), step((most[1] - points[2 * index + 1]) / height)];
}

/** All pictures in rows of a hundred, dark on white, as a `data:` address. */
async function pictureSheet(images: Pixels, order: number[], quality: number): Promise<string> {
  const levels = inkLevels(images);
  const width = COLUMNS * EDGE;
  const height = Math.max(1, Math.ceil(order.length / COLUMNS)) * EDGE;
  const sheet = new Uint8Array(width * height).fill(255);
  order.forEach((index, tile) => {
    const corner = Math.floor(tile / COLUMNS) * EDGE * width + (tile % COLUMNS) * EDGE;
    for (let row = 0; row < EDGE; row++) {
      const from = (index * EDGE + row) * EDGE;
      sheet.set(levels.subarray(from, from + EDGE), corner + row * width);
    }
  });
  return smallPicture(sheet, width, quality);
}
