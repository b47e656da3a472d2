import type { CellUses } from "../../kernel/compiler/cellUses";
import { feeds } from "../../kernel/feeds";

/** How a cell ran last. */
export interface CellRun {
  /** Counts all runs of the kernel's cells. */
  order: number;
  /** The number in its prompt. */
  count: unknown;
  /** What it was when it ran. */
  source: string;
  /** What the kernel told of it; undefined where it could not be compiled. */
  uses?: CellUses;
}

/** A code cell as it stands in the notebook. */
export interface ShownCell {
  id: string;
  source: string;
  /** Undefined where it has not run in this kernel. */
  run?: CellRun;
}

/** A cell that has run. */
type RunCell = ShownCell & { run: CellRun };

/**
 * The cells whose outputs may not be those of a run from top to bottom, by their ids, each with the reason: it was edited,
 * a cell above that it depends on ran later or is stale itself, or it has read what another cell than the one above left.
 *
 * @param cells - all code cells in the notebook's order
 */
export function staleCells(cells: ShownCell[]): Map<string, string> {
  const stale = new Map<string, string>();
  const ran = cells.filter(isRun);
  for (const [index, cell] of ran.entries()) {
    const reason = reasonFor(cell, { above: ran.slice(0, index), ran, stale });
    if (reason) stale.set(cell.id, reason);
  }
  return stale;
}

/** The ids of the cells below one that depend on it, through as many cells as there are, as far as they have run. */
export function dependentsOf(cells: ShownCell[], id: string): string[] {
  const start = cells.findIndex((cell) => cell.id === id);
  const first = cells[start]?.run;
  if (!first) return [];
  const anew = [first.uses];
  const below = cells.slice(start + 1).filter(isRun);
  const fed = below.filter(({ run }) => anew.some((uses) => feeds(uses, run.uses)) && anew.push(run.uses));
  return fed.map((cell) => cell.id);
}

function isRun(cell: ShownCell): cell is RunCell {
  return cell.run !== undefined;
}

/** What a cell is compared with. */
interface Others {
  above: RunCell[];
  ran: RunCell[];
  /** Those above that are stale. */
  stale: Map<string, string>;
}

function reasonFor(cell: RunCell, { above, ran, stale }: Others): string | undefined {
  if (cell.source !== cell.run.source) return "it was edited after it ran";
  for (const name of cell.run.uses?.reads ?? []) {
    const behind = behindName(name, above);
    const later = behind.find(({ run }) => run.order > cell.run.order);
    if (later && writes(later, name)) return `${quoted(name)} was written anew by ${called(later)}`;
    if (later) return `${quoted(name)} may have been changed by ${called(later)}`;
    const old = behind.find(({ id }) => stale.has(id));
    if (old) return `${quoted(name)} is of ${called(old)}, which is stale`;
    const writer = lastWriter(name, cell, ran);
    if (writer && !behind.includes(writer)) return `it has read the ${quoted(name)} of ${called(writer)}`;
  }
  return undefined;
}

/** The cells above that make a name what it is: from the nearest one that writes it and does not read it on. */
function behindName(name: string, above: RunCell[]): RunCell[] {
  const touching = above.filter((cell) => writes(cell, name) || cell.run.uses?.changes.includes(name));
  const starts = touching.map((cell) => writes(cell, name) && !cell.run.uses?.reads.includes(name));
  return touching.slice(Math.max(0, starts.lastIndexOf(true)));
}

/** The cell whose value of a name another cell met. */
function lastWriter(name: string, { run: { order } }: RunCell, ran: RunCell[]): RunCell | undefined {
  const earlier = ran.filter((one) => one.run.order < order && writes(one, name));
  return earlier.sort((a, b) => b.run.order - a.run.order)[0];
}

function writes({ run }: RunCell, name: string): boolean {
  return run.uses?.writes.includes(name) ?? false;
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function called({ run }: RunCell): string {
  return `cell [${run.count}]`;
}
