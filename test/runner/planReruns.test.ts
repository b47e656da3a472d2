import assert from "node:assert/strict";
import { test } from "node:test";
import { type PlanCell, planReruns } from "../../lib/runner/planReruns";

/** A cell that has its outputs: `a b > c ! d` reads a and b, writes c and changes d. */
function cell(text: string, changes: Partial<PlanCell> = {}): PlanCell {
  const [, reads, writes, changed] = /^([^>!]*)(?:>([^!]*))?(?:!(.*))?$/.exec(text)!;
  const names = (part = "") => part.split(" ").filter(Boolean);
  const uses = { reads: names(reads), writes: names(writes), changes: names(changed), acts: false };
  return { uses, isSaved: true, isChanged: false, ...changes };
}

/** What becomes of the cells when one of them, by its place, is to run. */
function turnsFrom(first: number, cells: PlanCell[], last = cells.length - 1): string {
  const planned = cells.map((one, index) => (index === first ? { ...one, isChanged: true } : one));
  const short: Record<string, string> = { "not needed": "-", unchanged: "=", "after the last cell asked for": "|" };
  return planReruns(planned, { first, last })
    .map((turn) => short[turn] ?? turn)
    .join(" ");
}

const acting = cell("");
acting.uses!.acts = true;

test("planReruns() runs what reads a name that a rerun cell writes or may change, through as many cells as there are", () => {
  const cells = [cell("> a"), cell("a > b"), cell("> other"), cell("b > c"), cell("c"), cell("other")];
  assert.equal(turnsFrom(0, cells), "run run = run run =");
  assert.equal(turnsFrom(3, cells), "quiet quiet - run run =");
  assert.equal(turnsFrom(0, [cell("> a"), cell("a ! a"), cell("a")]), "run run run");
  assert.equal(turnsFrom(1, [cell("> a"), cell("a ! a"), cell("a"), cell("")]), "quiet run run =");
});

test("planReruns() runs quietly what a rerun cell needs, also behind the first, and what acts beyond names", () => {
  assert.equal(
    turnsFrom(1, [cell("> a"), cell("> b"), cell("a ! a"), cell("a b"), cell("a")]),
    "quiet run quiet run =",
  );
  assert.equal(turnsFrom(2, [cell("> a"), acting, cell("> b")]), "- quiet run");
  assert.equal(turnsFrom(2, [cell("> a"), cell("a ! a"), cell("a")]), "quiet quiet run");
  assert.equal(turnsFrom(0, [acting, cell("> b"), cell("b")]), "run run run");
  assert.equal(turnsFrom(0, [cell("> a"), acting, cell("> b")]), "run = =");
});

test("planReruns() stops at the last cell that is asked for, and runs for nothing behind it", () => {
  assert.equal(turnsFrom(1, [cell("> a"), cell("> b"), cell("> c"), cell("a b")], 2), "- run = |");
});

test("planReruns() runs a cell that has no outputs, and what it feeds", () => {
  const bare = { isSaved: false };
  assert.equal(turnsFrom(2, [cell("> a", bare), cell("a"), cell("> b"), cell("a"), cell("")]), "run - run run =");
  assert.equal(turnsFrom(0, [cell("> a"), cell("", bare)]), "run run");
});

test("planReruns() takes it that a cell of which nothing is known needs all and feeds all", () => {
  const unknown = cell("", { uses: undefined });
  assert.equal(turnsFrom(1, [cell("> a"), unknown, cell("> b")]), "quiet run run");
  assert.equal(turnsFrom(2, [cell("> a"), unknown, cell("> b")]), "quiet quiet run");
});

test("planReruns() runs nothing where nothing has changed", () => {
  assert.deepEqual(planReruns([cell("> a"), cell("a")], { first: 0, last: 1 }), ["unchanged", "unchanged"]);
});
