import { KEPT_MODULES } from "./builtFiles";
import type { KnownFiles } from "./compiler/cellProgram";
import type { Compiler } from "./compiler/compiler";
import { newConverter } from "./compiler/converter";
import { newFallbackFiles } from "./fallbackFiles";

/** They use most of the compiler. */
const CELLS = [
  "const a = 1, { b = 2, ...rest } = { b: 3, c: 4 }; let n = 0; function add(x: number) { n += x; return `${n}`; } add(a)",
  "class C<T extends { id: number }> { #v = 1; constructor(readonly t: T) {} get v() { return this.#v; } } new C({ id: b }).v",
  'import * as fs from "node:fs"; import { join } from "node:path"; enum E { A, B } fs.existsSync(join("a", E[E.A]))',
  "interface I { a?: string } const i: I = {}; i.a?.length; for await (const v of [Promise.resolve(1)]) console.log(v, { a, n })",
  "const wrong: string = 5",
];

/**
 * Compiles cells that nobody runs, one at a step, so that what compiles them has been compiled itself.
 *
 * @param known - what is known of packages already; nothing is added to it
 */
export function* warmUp(ts: Compiler, folder: string, known?: KnownFiles): Generator<void> {
  const { convert, keep, complete } = newConverter({
    ts,
    folder,
    fallback: newFallbackFiles(folder),
    kept: KEPT_MODULES,
    declared: "declare const given: number;",
    known: known && { parsed: new Map(known.parsed) },
  });
  for (const source of CELLS) yield keep(convert(source));
  complete("rest.", 5);
}
