import type { Grey } from "./areaAverage";

/** What lies behind the thing on a photo. */
export interface Background {
  /** Its level, 0 to 255. */
  level: number;
  /** How far most of it lies from that level. */
  spread: number;
}

/** The level of the background and its unrest, as medians over the photo's border. */
export function findBackground(picture: Grey): Background {
  const counts = countBorder(picture);
  const level = median(counts);
  const distances = new Float64Array(256);
  counts.forEach((count, value) => (distances[Math.abs(value - level)] += count));
  return { level, spread: median(distances) };
}

/** How often each level is met in the outermost pixels, a fiftieth of the shorter edge wide. */
function countBorder({ width, height, levels }: Grey): Float64Array {
  const wide = Math.max(1, Math.round(Math.min(width, height) / 50));
  const counts = new Float64Array(256);
  for (let y = 0; y < height; y++) {
    const edge = y < wide || y >= height - wide;
    for (let x = 0; x < width; x++) {
      if (!edge && x === wide) x = Math.max(x, width - wide);
      counts[levels[y * width + x]]++;
    }
  }
  return counts;
}

/** The level in the middle, by how often each is met. */
function median(counts: Float64Array): number {
  const middle = counts.reduce((sum, count) => sum + count, 0) / 2;
  let below = 0;
  return counts.findIndex((count) => (below += count) > middle);
}
