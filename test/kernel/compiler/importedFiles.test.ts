import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import ts from "typescript";
import { newImportedFiles } from "../../../lib/kernel/compiler/importedFiles";
import { newKeptModules } from "../../../lib/kernel/compiler/keptModules";

const folder = mkdtempSync(join(tmpdir(), "atelier-imported-"));
after(() => rmSync(folder, { recursive: true }));

const OWN = "/project/own.ts";
const TEXTS: Record<string, string> = {
  [OWN]: "export const a: number = 1;",
  "/project/global.d.ts": "declare const everywhere: number;",
};
const OPTIONS = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, noLib: true, types: [] };

/** A kernel's programs, one after the other: they have the same files, not only the same texts. */
function newPrograms() {
  const files = new Map<string, ts.SourceFile>();
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(OPTIONS),
    getCurrentDirectory: () => "/project",
    fileExists: (name) => name in TEXTS,
    readFile: (name) => TEXTS[name],
    getSourceFile: (name, language) => {
      if (!(name in TEXTS)) return undefined;
      const file = files.get(name) ?? ts.createSourceFile(name, TEXTS[name], language);
      files.set(name, file);
      return file;
    },
  };
  return (names: string[]) => ts.createProgram(names, OPTIONS, host);
}

/** How many files a new kernel checks that sees a module, and then more beside it. */
function checksOfKernel(): number {
  const kept = newKeptModules(ts, join(folder, "modules"));
  const imported = newImportedFiles(ts, kept);
  const programOf = newPrograms();
  let checks = 0;
  for (const names of [[OWN], [OWN, "/project/global.d.ts"]]) {
    const program = programOf(names);
    const check = program.getSemanticDiagnostics;
    program.getSemanticDiagnostics = (...given) => (checks++, check(...given));
    assert.deepEqual(imported.check(program, [OWN]), []);
    imported.compile(program, [OWN]);
  }
  return checks;
}

test("a file is checked once for each set of global declarations that it is seen with, whatever kernel sees it", () => {
  assert.equal(checksOfKernel(), 2);
  assert.equal(checksOfKernel(), 0);
});
