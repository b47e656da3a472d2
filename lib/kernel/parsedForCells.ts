import { join } from "path";
import { newConverter } from "./compiler/converter";
import { cellOptions } from "./compiler/cellOptions";
import { newCellProgram } from "./compiler/cellProgram";
import { newCellScope } from "./compiler/cellScope";
import { type Compiler, isCell } from "./compiler/compiler";
import { newFileTexts } from "./compiler/fileTexts";
import { newFallbackFiles } from "./fallbackFiles";
import type { SnapshotContent } from "./snapshotContent";

/** The files that an empty cell sees in a folder, as a program of cells has parsed them. */
export function parsedForCells(ts: Compiler, folder: string): SnapshotContent["parsed"] {
  const fallback = newFallbackFiles(folder);
  const options = cellOptions(ts, folder, fallback);
  const parsed: SnapshotContent["parsed"] = new Map();
  const texts = newFileTexts(ts, folder, fallback);
  const { program } = newCellProgram({ ts, options, texts, folder, parsed }).open("", newCellScope(ts, options));
  program.getTypeChecker(); // binds them
  warmUp(ts, folder);
  for (const name of [...parsed.keys()]) if (isCell(name)) parsed.delete(name);
  return parsed;
}

/** Cells that use most of the compiler: what has run once is part of the snapshot as compiled code. */
const CELLS = [
  "const a = 1, { b = 2, ...rest } = { b: 3, c: 4 }; let n = 0; function add(x: number) { n += x; return `${n}`; } add(a)",
  "class C<T extends { id: number }> { #v = 1; constructor(readonly t: T) {} get v() { return this.#v; } } new C({ id: b }).v",
  'import * as fs from "node:fs"; import { join } from "node:path"; enum E { A, B } fs.existsSync(join("a", E[E.A]))',
  "interface I { a?: string } const i: I = {}; i.a?.length; for await (const v of [Promise.resolve(1)]) console.log(v, { a, n })",
  "const wrong: string = 5",
];

function warmUp(ts: Compiler, folder: string): void {
  const parts = {
    ts,
    folder,
    fallback: newFallbackFiles(folder),
    kept: join(__dirname, "build", "modules"),
    declared: "declare const given: number;",
  };
  const { convert, keep, complete } = newConverter(parts);
  for (const source of CELLS) keep(convert(source));
  complete("rest.", 5);
}
