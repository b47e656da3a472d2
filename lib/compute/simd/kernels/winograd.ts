import { floatBits } from "../floatBits";
import type { SimdBackend } from "../SimdBackend";
import type { ConvShape } from "./convShape";
import { chunksOf, PARTS } from "./passes";

/** Addresses for a pass of assembly/winograd.ts, in its order; 0 for what the pass does not need. */
export interface WinogradPlaces {
  x: number;
  u: number;
  turned: number;
  bias: number;
  to: number;
  codes: number;
  dy: number;
  dx: number;
  sums: number;
}

/** Sizes of such a pass: `down` by `across` tiles of an image, `share` tiles of a chunk. */
export interface WinogradSizes {
  images: number;
  height: number;
  width: number;
  channels: number;
  filters: number;
  padTop: number;
  padLeft: number;
  down: number;
  across: number;
  outHeight: number;
  outWidth: number;
  code: number;
  share: number;
  chunks: number;
}

/** Runs winogradForward or winogradBackward. */
export function runWinograd(backend: SimdBackend, task: string, places: WinogradPlaces, sizes: WinogradSizes): void {
  const { x, u, turned, bias, to, codes, dy, dx, sums } = places;
  const { images, height, width, channels, filters, padTop, padLeft, down, across, outHeight, outWidth } = sizes;
  backend.run(task, sizes.chunks, [
    ...[x, u, turned, bias, to, codes, dy, dx, sums, images, height, width, channels, filters, padTop, padLeft],
    ...[down, across, outHeight, outWidth, sizes.code, sizes.share],
  ]);
}

/** Channels and filters together that leave room for a tile's rows in a thread's scratch. */
const MOST_TOGETHER = 1900;

/** Whether the passes take so many channels and filters. */
export function fitsWinograd(channels: number, filters: number): boolean {
  return channels % 8 === 0 && filters % 8 === 0 && channels > 0 && 2 * Math.max(channels, filters) + filters < MOST_TOGETHER; // prettier-ignore
}

/** Multiplications of a chunk, about. */
const CHUNK_WORK = 1_500_000;

/** Tiles that are multiplied together: ROWS of assembly/tiles.ts. */
const TILE_UNIT = 4;

/** Chunks of a pass over so many tiles. */
export function tileChunks(tiles: number, channels: number, filters: number, points = 16) {
  const wanted = Math.max(CHUNK_WORK / (points * channels * filters), tiles / 256);
  const share = Math.ceil(wanted / TILE_UNIT) * TILE_UNIT;
  return { share, chunks: Math.ceil(tiles / share) };
}

/**
 * A tile mixes its pixels: a number beyond this, or one that is not finite, would be felt by pixels that it does not
 * reach.
 */
const MOST_MAGNITUDE = 1e4;

/** The largest number of float32. */
export const LARGEST = 3.4028234663852886e38;

/** Whether so many numbers at an address are no larger; by default whether filtering is as good as the convolution itself. */
export function areTame(backend: SimdBackend, address: number, count: number, most = MOST_MAGNITUDE): boolean {
  const chunks = chunksOf(count);
  return backend.borrow(4 * chunks, (to) => {
    backend.run("largestMagnitude", chunks, [address, to, count]);
    const largest = new Int32Array(backend.pool.memory.buffer, to, chunks);
    return largest.every((bits) => bits <= floatBits(most));
  });
}

/** Fewer channels or filters are multiplied faster as they are. */
const LEAST_CHANNELS = 16;

/** Share of the plain multiplications that filtering may take at most: beyond it, half-filled tiles and sums cost more. */
const MOST_WORK = 0.7;

/** Share of a larger tile that must be within the map: half-empty ones lose digits and win little. */
const LEAST_FILLED = 0.75;

/** Channels and filters together whose larger tiles leave room for a tile's rows in a thread's scratch. */
const MOST_LARGE = 880;

/**
 * Pixels of a tile's side, its multiplications, and by how much these cost more than those of the smaller tile, which loses
 * fewer digits too.
 */
const TILES = [
  { side: 2, points: 16, dearer: 1, prefix: "winograd" },
  { side: 4, points: 36, dearer: 1.1, prefix: "winograd4" },
] as const;

/** A convolution with the tiles by which it is filtered. */
export interface TiledShape extends ConvShape {
  tiles: (typeof TILES)[number];
}

/**
 * A convolution of 3 x 3, stride 1, with the tiles by which it takes the fewest multiplications; null where filtering does
 * not pay, as where tiles are not mostly full.
 */
export function tiled(shape: ConvShape): TiledShape | null {
  const { channels, filters, tapsDown, tapsAcross, outHeight, outWidth } = shape;
  const dense = [shape.strideDown, shape.strideAcross, shape.dilationDown, shape.dilationAcross, shape.holeDown, shape.holeAcross]; // prettier-ignore
  if (shape.among || tapsDown !== 3 || tapsAcross !== 3 || dense.some((step) => step !== 1)) return null;
  if (Math.min(channels, filters) < LEAST_CHANNELS || !fitsWinograd(channels, filters)) return null;
  const work = ({ side, points, dearer }: (typeof TILES)[number]) => dearer * points * countOf(shape, side);
  const isFull = (side: number) => outHeight * outWidth >= LEAST_FILLED * side * side * countOf(shape, side);
  const fits = ({ side }: (typeof TILES)[number]) => side === 2 || (channels + filters <= MOST_LARGE && isFull(side));
  const [tiles] = TILES.filter(fits).sort((a, b) => work(a) - work(b));
  return work(tiles) <= MOST_WORK * 9 * outHeight * outWidth ? { ...shape, tiles } : null;
}

function tilesOf({ outHeight, outWidth }: ConvShape, side: number): { down: number; across: number } {
  return { down: Math.ceil(outHeight / side), across: Math.ceil(outWidth / side) };
}

function countOf(shape: ConvShape, side: number): number {
  const { down, across } = tilesOf(shape, side);
  return down * across;
}

const NOWHERE: WinogradPlaces = { x: 0, u: 0, turned: 0, bias: 0, to: 0, codes: 0, dy: 0, dx: 0, sums: 0 };

/** A convolution by Winograd's minimal filtering; of the bias the address, or 0. */
export function convolveByWinograd(
  backend: SimdBackend,
  shape: TiledShape,
  { x, filter, to, bias, code }: { x: number; filter: number; to: number; bias: number; code: number },
): void {
  const { images, channels, filters } = shape;
  const { side, points, prefix } = shape.tiles;
  const tiles = tilesOf(shape, side);
  backend.borrow(4 * points * channels * filters, (u) => {
    if (side === 2) backend.run("winogradFilter", channels / 4, [filter, u, 0, channels, filters]);
    else backend.run("winograd4Filter", channels, [filter, u, channels, filters]);
    const chunks = tileChunks(images * tiles.down * tiles.across, channels, filters, points);
    runWinograd(backend, `${prefix}Forward`, { ...NOWHERE, x, u, bias, to }, { ...shape, ...tiles, code, ...chunks });
  });
}

/** Numbers of a filter at most, so that its parts stay small. */
const MOST_WEIGHTS = 32_768;

/** As `tiled`, for the gradient of the filter. */
export function tiledGradient(shape: ConvShape): TiledShape | null {
  return shape.channels * shape.filters <= MOST_WEIGHTS ? tiled(shape) : null;
}

/** The filter's gradient of a convolution of `x`, from that of its output. */
export function filterGradientByWinograd(
  backend: SimdBackend,
  shape: TiledShape,
  { x, dy, to }: { x: number; dy: number; to: number },
): void {
  const { images, channels, filters } = shape;
  const { side, points, prefix } = shape.tiles;
  const tiles = tilesOf(shape, side);
  const count = images * tiles.down * tiles.across;
  const share = Math.ceil(count / PARTS / TILE_UNIT) * TILE_UNIT;
  const chunks = Math.ceil(count / share);
  backend.borrow(4 * points * channels * filters * chunks, (sums) => {
    const sizes = { ...shape, ...tiles, code: 0, share, chunks };
    runWinograd(backend, `${prefix}Backward`, { ...NOWHERE, x, dy, sums }, sizes);
    backend.run(`${prefix}FilterGradient`, channels, [sums, to, channels, filters, chunks]);
  });
}
