import type { CellUses } from "./compiler/cellUses";

/** What a kernel told of a cell; undefined where it told nothing, as of a cell that does not compile. */
export type KnownUses = CellUses | undefined;

/**
 * Whether a later cell may come out otherwise by what an earlier one does: it reads a name that the earlier one writes or
 * may change, or the earlier one acts beyond its names. A cell of which nothing is known feeds all and is fed by all.
 */
export function feeds(earlier: KnownUses, later: KnownUses): boolean {
  if (!earlier || !later || earlier.acts) return true;
  return [...earlier.writes, ...earlier.changes].some((name) => later.reads.includes(name));
}
