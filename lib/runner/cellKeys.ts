import { createHash } from "crypto";
import { feeds, type KnownUses } from "../kernel/feeds";

/** A cell that was compiled. */
export interface UsedCell {
  source: string;
  uses: KnownUses;
}

/**
 * A key for each cell of a notebook, which changes with the cell's source, with the project's files that it imports, and
 * with the cells above that feed it, however far. Parameters are among them, as they stand in a cell. What a cell reads
 * from files, from the network or from a clock while it runs is not.
 */
export function cellKeys(cells: UsedCell[]): string[] {
  const keys: string[] = [];
  cells.forEach(({ source, uses }, index) => {
    const above = keys.filter((_, earlier) => feeds(cells[earlier].uses, uses));
    const content = JSON.stringify([source, uses?.imports ?? "", above]);
    keys[index] = createHash("sha256").update(content).digest("hex").slice(0, 32);
  });
  return keys;
}
