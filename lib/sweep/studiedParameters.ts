import type { Sweep } from "./sweepFolder";

const REPLICATE = /seed$/i; // a parameter that only repeats a row

/** The parameters that differ from row to row, without seeds: what a sweep is to tell of. */
export function studiedParameters({ varied }: Pick<Sweep, "varied">): string[] {
  return varied.filter((name) => !REPLICATE.test(name));
}
