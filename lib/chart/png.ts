import { deflateSync } from "zlib";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const GREYSCALE = 0;
const BIT_DEPTH = 8;

/**
 * A greyscale picture as a PNG file (W3C PNG specification, third edition, 2025), each pixel a square of `scale` dots.
 *
 * @param grey - [height, width] levels, 0 black to 255 white, row after row
 */
export function encodePNG(grey: Uint8Array, width: number, { scale = 1 } = {}): Buffer {
  const height = grey.length / width;
  if (!Number.isInteger(height) || height < 1)
    throw new TypeError(`encodePNG(): ${grey.length} levels do not fill rows of ${width}; give height x width levels`);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width * scale, 0);
  header.writeUInt32BE(height * scale, 4);
  header.set([BIT_DEPTH, GREYSCALE], 8);
  const rows = deflateSync(scanlines(grey, width, scale), { level: 9 });
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** A PNG file as a `data:` address. */
export function toDataURI(png: Buffer): string {
  return `data:image/png;base64,${png.toString("base64")}`;
}

/** Each row begins with its filter: 0 as it is, 2 the difference to the row above (zeros where a row is repeated). */
function scanlines(grey: Uint8Array, width: number, scale: number): Buffer {
  const stride = width * scale + 1;
  const height = grey.length / width;
  const lines = Buffer.alloc(height * scale * stride);
  for (let y = 0; y < height; y++) {
    const start = y * scale * stride;
    for (let x = 0; x < stride - 1; x++) lines[start + 1 + x] = grey[y * width + Math.floor(x / scale)];
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

/** The cyclic redundancy check of PNG, bit by bit (zlib has its own only from Node 22.2 on). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
