import { deflateSync } from "zlib";
import { newCrc32 } from "../checksum";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLOUR_TYPE = { 1: 0, 3: 2 }; // greyscale; red, green and blue
const BIT_DEPTH = 8;
/** The check of PNG; zlib has its own only from Node 22.2 on. */
const crc32 = newCrc32(0xedb88320);

/** How the levels of a picture are meant. */
export interface PNGOptions {
  /** Dots across one pixel; default 1. */
  scale?: number;
  /** Levels of a pixel: 1 grey, 3 red, green and blue; default 1. */
  channels?: 1 | 3;
  /** How hard to compress, 0 to 9; default 9. */
  level?: number;
}

/**
 * A picture as a PNG file (W3C PNG specification, third edition, 2025), each pixel a square of `scale` dots.
 *
 * @param levels - [height, width, channels], 0 black to 255 white, row after row
 * @throws TypeError when the levels do not fill whole rows or there are none, RangeError for a `scale` that is
 * no integer of 1 or more, or a `level` that zlib does not know
 */
export function encodePNG(levels: Uint8Array, width: number, options: PNGOptions = {}): Buffer {
  const { scale = 1, channels = 1, level = 9 } = options;
  if (!Number.isInteger(scale) || scale < 1)
    throw new RangeError(`encodePNG(): scale ${scale} is not an integer of 1 or more`);
  const height = levels.length / (width * channels);
  if (!Number.isInteger(height) || height < 1)
    throw new TypeError(
      `encodePNG(): ${levels.length} levels do not fill rows of ${width * channels}; give height x width levels`,
    );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width * scale, 0);
  header.writeUInt32BE(height * scale, 4);
  header.set([BIT_DEPTH, COLOUR_TYPE[channels]], 8);
  const rows = deflateSync(scanlines(levels, width * channels, { scale, channels }), { level });
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** A PNG file as a `data:` address. */
export function toDataURI(png: Buffer): string {
  return `data:image/png;base64,${png.toString("base64")}`;
}

/** Each row begins with its filter: 0 as it is, 2 the difference to the row above (zeros where a row is repeated). */
function scanlines(
  levels: Uint8Array,
  row: number,
  { scale, channels }: Required<Pick<PNGOptions, "scale" | "channels">>,
): Buffer {
  const stride = row * scale + 1;
  const height = levels.length / row;
  const lines = Buffer.alloc(height * scale * stride);
  for (let y = 0; y < height; y++) {
    const start = y * scale * stride;
    if (scale === 1) lines.set(levels.subarray(y * row, (y + 1) * row), start + 1);
    else
      for (let x = 0; x < stride - 1; x++) {
        const pixel = Math.floor(x / (scale * channels));
        lines[start + 1 + x] = levels[y * row + pixel * channels + (x % channels)];
      }
    for (let copy = 1; copy < scale; copy++) lines[start + copy * stride] = 2;
  }
  return lines;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
