import type * as TypeScript from "typescript";

type Symbols = TypeScript.Symbol[];

/** What TypeScript's completions ask for what there is: in scope, in a module, of a type. */
interface Lists {
  getSymbolsInScope(...given: unknown[]): Symbols;
  getExportsOfModule(...given: unknown[]): Symbols;
  getAugmentedPropertiesOfType(...given: unknown[]): Symbols;
}

/**
 * Completes while a checker tells only of symbols whose names hold what is written. TypeScript looks closely at each that it
 * is told of, a thousand in a scope or in TensorFlow.js, and sorts them, although but a few fit.
 */
export function amongFitting<Found>(
  checker: TypeScript.TypeChecker,
  written: string,
  completeHere: () => Found,
): Found {
  if (written === "") return completeHere();
  const lists = checker as unknown as Lists;
  const { getSymbolsInScope, getExportsOfModule, getAugmentedPropertiesOfType } = lists;
  const lower = written.toLowerCase();
  const fitting =
    (list: (...given: unknown[]) => Symbols) =>
    (...given: unknown[]) =>
      list(...given).filter(({ name }) => name.toLowerCase().includes(lower));
  try {
    lists.getSymbolsInScope = fitting(getSymbolsInScope);
    lists.getExportsOfModule = fitting(getExportsOfModule);
    lists.getAugmentedPropertiesOfType = fitting(getAugmentedPropertiesOfType);
    return completeHere();
  } finally {
    Object.assign(lists, { getSymbolsInScope, getExportsOfModule, getAugmentedPropertiesOfType });
  }
}
