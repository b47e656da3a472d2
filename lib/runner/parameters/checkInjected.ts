import { hasTag, isExecuted, type Notebook } from "../notebook";
import { typecheckNotebooks } from "../typecheckCells";
import { misfit } from "./fitParameters";
import type { Parameter } from "./readParameters";
import { isUnresolved } from "./shape";

/**
 * Lets the compiler say whether values that `injectParameters` has set fit types that have a name or are computed; where
 * there is no such type it is not asked. Throws a RangeError, in two parts of one line: the value, and the compiler's words.
 */
export function checkInjected(
  file: string,
  notebook: Notebook,
  { parameters, values }: { parameters: Parameter[]; values: Record<string, unknown> },
): void {
  const asked = parameters.filter(({ name, shape }) => Object.hasOwn(values, name) && isUnresolved(shape));
  if (asked.length === 0) return;
  const cells = notebook.cells.filter(isExecuted);
  const number = cells.findIndex((cell) => hasTag(cell, "injected-parameters")) + 1;
  const upToThere = { ...notebook, cells: cells.slice(0, number) };
  const [found] = typecheckNotebooks([{ file, notebook: upToThere }]).filter(({ cell }) => cell === number);
  if (!found) return;
  const [name, value] = Object.entries(values)[found.line - 2]; // below the comment a line for each value
  const parameter = parameters.find((candidate) => candidate.name === name);
  const refusal = misfit(name, value, parameter);
  refusal.message += ` (${found.message.split("\n")[0].replace(/\.$/, "")})`;
  throw refusal;
}
