import { adaptive, WIDE } from "./adaptive";
import { unescapeLabel, type Annotation, type Figure, type LayoutImage, type ScatterTrace } from "./figure";
import { encodePNG, toDataURI } from "./png";
import { textWidth } from "./textWidth";
import { hiddenAxis, inHouseLook } from "./theme";

/** One picture of a grid: ready caption lines (Plotly's little HTML), the colour of the first (default the page's own), and what hovering says. */
export interface Tile {
  lines: string[];
  colour?: string;
  hover: string;
}

/** Pixels of a stack of pictures: bytes 0 to 255, or floats 0 to 1 (read as 0 to 255 where one is above 1). */
export type Pixels = Uint8Array | Uint8ClampedArray | Float32Array | Float64Array | number[];

/** Options of `pictureGrid`. */
export interface GridOptions {
  /** Pixels across one image; default 28. */
  width?: number;
  /** Pixels down one image; default 28. */
  height?: number;
  /** Images in a row. */
  columns?: number;
  title?: string;
}

const LINE = 17;
const GAP = 14;

/** How many images a stack holds. Throws TypeError when it does not hold whole images. */
export function imageCount(images: Pixels, { width = 28, height = 28 }: GridOptions): number {
  const count = images.length / (width * height);
  if (!Number.isInteger(count) || count < 1)
    throw new TypeError(
      `image figure: ${images.length} pixels are not whole images of ${width} x ${height}; give n * ${width * height} pixels`,
    );
  return count;
}

/** Throws a RangeError for a list, by its name among the options, that is shorter than the images. */
export function checkLists(lists: Record<string, ArrayLike<unknown> | undefined>, count: number, call: string): void {
  for (const [name, list] of Object.entries(lists))
    if (list && list.length < count)
      throw new RangeError(`${call}: ${list.length} ${name} for ${count} images; give one for each image`);
}

/** Pictures dark on white in rows, each over its caption; in narrow places with as many in a row as there is room for. */
export function pictureGrid(images: Pixels, tiles: Tile[], options: GridOptions): Figure {
  return levelGrid(inkLevels(images), tiles, options);
}

/** Pictures of ready levels, 0 black to 255 white, in rows, each over its caption; three levels a pixel are colours. */
export function levelGrid(levels: Uint8Array, tiles: Tile[], options: GridOptions & { channels?: 1 | 3 }): Figure {
  const { width = 28, height = 28, title = "", channels = 1 } = options;
  const scale = Math.max(1, Math.round(sizesFor(columnsOf(tiles, options)).size / width));
  const size = width * height * channels;
  const sources = tiles.map((_, index) => {
    const one = levels.subarray(index * size, (index + 1) * size);
    return toDataURI(encodePNG(one, width, { scale, channels }));
  });
  return adaptive((room) => gridFor(room, { tiles, sources, title, columns: columnsOf(tiles, options) }));
}

function columnsOf(tiles: Tile[], { columns = 5 }: GridOptions): number {
  return Math.min(columns, tiles.length);
}

interface Sizes {
  /** Pixels across a picture, and of its caption. */
  size: number;
  font: number;
  /** Places in a row; a few pictures do not fill it. */
  slots: number;
}

function sizesFor(columns: number): Sizes {
  return {
    size: columns < 4 ? 168 : columns < 7 ? 112 : 84,
    font: columns < 7 ? 12 : 11,
    slots: columns < 4 ? 4 : columns,
  };
}

/** As many columns as fit into a narrow room, no more than were asked for, and pictures that fill it. */
function narrowSizes(tiles: Tile[], most: number, room: number): Sizes & { columns: number } {
  const fits = (columns: number) => leastWidth(tiles, { size: 84, font: 12, slots: columns }) <= room;
  const columns = Array.from({ length: most }, (_, index) => most - index).find(fits) ?? 1;
  const slots = Math.max(2, columns);
  return { columns, slots, font: 12, size: Math.min(112, Math.floor((room - 16) / slots)) };
}

interface Grid {
  tiles: Tile[];
  sources: string[];
  title: string;
  columns: number;
}

function gridFor(room: number, { tiles, sources, title, columns: asked }: Grid): Figure {
  const { columns, size, font, slots } =
    room < WIDE ? narrowSizes(tiles, asked, room) : { ...sizesFor(asked), columns: asked };
  const rowHeight = size + GAP + LINE * Math.max(...tiles.map((tile) => tile.lines.length));
  const rows = Math.ceil(tiles.length / columns);
  const bottomOf = (index: number) => Math.floor(index / columns) * rowHeight + size;
  const centreOf = (index: number) => (index % columns) + 0.5;
  const at = { xref: "x", yref: "y", xanchor: "center" as const };
  const pictures = sources.map((source, index): LayoutImage => {
    const box = { x: centreOf(index), y: bottomOf(index), sizex: 0.94, sizey: size };
    return { source, ...at, ...box, sizing: "contain", yanchor: "bottom", layer: "above" };
  });
  const captions = tiles.map((tile, index): Annotation => {
    const place = { x: centreOf(index), y: bottomOf(index), yshift: -1 };
    return { text: captionOf(tile), ...at, ...place, yanchor: "top", showarrow: false, font: { size: font } };
  });
  const margin = { l: 8, r: 8, t: title ? 50 : 10, b: 6 };
  return inHouseLook([hoverTrace(tiles, centreOf, (index) => bottomOf(index) - size / 2, size)], title, {
    room,
    still: true,
    height: margin.t + rows * rowHeight + margin.b,
    margin,
    xaxis: hiddenAxis([0, slots]),
    yaxis: hiddenAxis([rows * rowHeight, 0]),
    images: pictures,
    annotations: captions,
    meta: { minWidth: leastWidth(tiles, { size, font, slots }) },
  });
}

/** Grey levels for print: an empty pixel is white paper, a full one nearly black. */
export function inkLevels(images: Pixels): Uint8Array {
  const bytes = images instanceof Uint8Array || images instanceof Uint8ClampedArray;
  const full = bytes || images.some((pixel: number) => pixel > 1) ? 255 : 1;
  return Uint8Array.from(images, (pixel) => 255 - Math.round(Math.min(Math.max(pixel / full, 0), 1) * 240));
}

function captionOf({ lines: [first = "", ...others], colour }: Tile): string {
  const bold = colour || others.length ? `<b>${first}</b>` : first;
  return [colour ? `<span style="color:${colour}">${bold}</span>` : bold, ...others].join("<br>");
}

const BOLD = 1.17; // bold letters are this much wider than plain ones

/** Where captions would touch or pictures shrink much, the figure rather scrolls. */
function leastWidth(tiles: Tile[], { size, font, slots }: Sizes): number {
  const widths = tiles.flatMap(({ lines, colour }) =>
    lines.map((line, index) => textWidth(unescapeLabel(line), font) * (colour && index === 0 ? BOLD : 1)),
  );
  return Math.ceil(slots * Math.max(0.8 * size, ...widths.map((width) => width + 10))) + 16;
}

/** An invisible square over each picture, so that hovering tells more. */
function hoverTrace(tiles: Tile[], x: (i: number) => number, y: (i: number) => number, size: number): ScatterTrace {
  return {
    type: "scatter",
    mode: "markers",
    x: tiles.map((_, index) => x(index)),
    y: tiles.map((_, index) => y(index)),
    hovertext: tiles.map((tile) => tile.hover),
    hoverinfo: "text",
    marker: { size, symbol: "square", opacity: 0 },
  };
}
