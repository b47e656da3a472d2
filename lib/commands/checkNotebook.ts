import { basename } from "node:path";
import { formatDiagnostic } from "../runner/formatDiagnostic";
import { typecheckCells } from "../runner/typecheckCells";
import { orUsageError } from "./usage";

/** `npm run notebook -- FILE --check`: type-checks the cells without running them. Gives 0, or 1 where mistakes were found. */
export function checkNotebook(file: string): number {
  const found = orUsageError(() => typecheckCells([file]));
  for (const diagnostic of found) console.log(`${formatDiagnostic(diagnostic)}\n`);
  const count = found.length === 0 ? "no mistakes" : found.length === 1 ? "1 mistake" : `${found.length} mistakes`;
  console.log(`${basename(file)}: ${count}`);
  return found.length === 0 ? 0 : 1;
}
