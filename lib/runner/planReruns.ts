import type { CellRange } from "./cellRange";
import { feeds, type KnownUses } from "../kernel/feeds";

/**
 * What a run does with a cell: runs it; runs it quietly, only for what it declares, and keeps what it shows; or leaves it
 * out, for the reason given.
 */
export type Turn = "run" | "quiet" | "not needed" | "unchanged" | typeof OUTSIDE;

/** Why a cell is left out that stands behind the range. */
export const OUTSIDE = "after the last cell asked for";

/** A cell, before it is decided what becomes of it. */
export interface PlanCell {
  uses: KnownUses;
  /** Whether it has outputs of an earlier run, which may stay. */
  isSaved: boolean;
  /** Whether it is to run in any case. */
  isChanged: boolean;
}

/**
 * Decides what to run. In the range these are the cells that have changed and those that they feed, through as many
 * cells as there are; anywhere, those that have no outputs yet. Other cells run quietly where one that runs needs them.
 */
export function planReruns(cells: PlanCell[], { first, last }: CellRange): Turn[] {
  const inTurn = cells.slice(0, last + 1);
  const anew: KnownUses[] = [];
  const turns = inTurn.map(({ uses, isSaved, isChanged }, index): Turn => {
    const isFed = index >= first && (isChanged || anew.some((earlier) => feeds(earlier, uses)));
    if (!isSaved || isFed) anew.push(uses);
    if (!isSaved || isFed) return "run";
    return index < first ? "not needed" : "unchanged";
  });
  const needing: KnownUses[] = [];
  for (let index = last; index >= 0; index--) {
    const { uses } = inTurn[index];
    if (turns[index] !== "run" && needing.some((later) => feeds(uses, later))) turns[index] = "quiet";
    if (turns[index] === "run" || turns[index] === "quiet") needing.push(uses);
  }
  return [...turns, ...cells.slice(last + 1).map((): Turn => OUTSIDE)];
}
