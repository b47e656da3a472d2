import { KEPT_MODULES } from "./builtFiles";
import { newConverter } from "./compiler/converter";
import { cellOptions } from "./compiler/cellOptions";
import { type KnownFiles, newCellProgram } from "./compiler/cellProgram";
import { newCellScope } from "./compiler/cellScope";
import { type Compiler, isCell } from "./compiler/compiler";
import { newFileTexts } from "./compiler/fileTexts";
import { newFallbackFiles } from "./fallbackFiles";

/** What a program finds out of the files that an empty cell sees. */
export function knownForCells(ts: Compiler, folder: string): KnownFiles {
  const fallback = newFallbackFiles(folder);
  const options = cellOptions(ts, folder, fallback);
  const known = { parsed: new Map(), imports: ts.createModuleResolutionCache(folder, (name) => name, options) };
  const texts = newFileTexts(ts, folder, fallback);
  const { program } = newCellProgram({ ts, options, texts, folder, known }).open("", newCellScope(ts, options));
  program.getTypeChecker(); // binds them
  warmUp(ts, folder);
  for (const name of [...known.parsed.keys()]) if (isCell(name)) known.parsed.delete(name);
  return known;
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
    kept: KEPT_MODULES,
    declared: "declare const given: number;",
  };
  const { convert, keep, complete } = newConverter(parts);
  for (const source of CELLS) keep(convert(source));
  complete("rest.", 5);
}
