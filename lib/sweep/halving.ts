import { fitParameters } from "../runner/parameters/fitParameters";
import type { Parameter } from "../runner/parameters/readParameters";
import { parameterOf } from "./loadSubject";

/** A successive halving: all rows with a small budget, then the best ones with more, and so on. */
export interface Halving {
  /** The parameter that is the budget, for instance the epochs. */
  budget: string;
  /** Its values, the least first. */
  budgets: number[];
  /** One of so many rows goes on to the next budget. */
  keep: number;
}

/**
 * Reads `epochs=1..27`: budgets up to the second number, each so many times the one before, none below the first
 * (successive halving, Jamieson and Talwalkar 2016, with the factor of Hyperband, Li and others 2018).
 *
 * @param parameters - those there are; undefined for a script, which takes any: budgets are whole there where both numbers are
 * @param keep - one of so many rows goes on, from 2; 3 is usual
 * @throws RangeError, in one line, for another form, a parameter that is not there or takes no such numbers, or a `keep` below 2
 */
export function readHalving(parameters: Parameter[] | undefined, text: string, keep: number): Halving {
  const [, budget, from, to] = FORM.exec(text) ?? [];
  if (budget === undefined || !(Number(from) > 0 && Number(from) < Number(to)))
    throw new RangeError(
      `The halving "${text}" is not of the form name=from..to with 0 < from < to, as in epochs=1..27`,
    );
  if (!(keep >= 2))
    throw new RangeError(`A halving that keeps one of ${keep} rows was asked for; a number from 2 on is wanted`);
  const parameter = parameterOf({ parameters }, budget);
  if (!parameter) {
    const known = parameters!.map(({ name }) => name).join(", ") || "none";
    throw new RangeError(`The halving's budget "${budget}" is no parameter of the notebook; it has ${known}`);
  }
  const isWhole = [parameter.value ?? Number(to), parameter.value ?? Number(from)].every(Number.isInteger);
  const budgets = budgetsBetween(Number(from), Number(to), { keep, isWhole });
  for (const value of budgets) fitParameters([parameter], { [budget]: value }, () => {});
  return { budget, budgets, keep };
}

/** How many of so many rows go on to the next budget: one of `keep`, and at least one. */
export function survivors(count: number, keep: number): number {
  return Math.max(1, Math.floor(count / keep));
}

const FORM = /^([A-Za-z_$][\w$]*)=([\d.]+)\.\.([\d.]+)$/;

function budgetsBetween(from: number, to: number, { keep, isWhole }: { keep: number; isWhole: boolean }): number[] {
  const budgets: number[] = [];
  for (let budget = to; budget >= from * (1 - 1e-9); budget /= keep)
    budgets.unshift(isWhole ? Math.round(budget) : Number(budget.toPrecision(6)));
  return budgets;
}
