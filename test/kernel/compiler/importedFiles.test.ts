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

/** A program that tells when a file is checked. */
function observed(program: ts.Program, onCheck: () => void): ts.Program {
  const check = program.getSemanticDiagnostics;
  return Object.assign(program, {
    getSemanticDiagnostics: (...given: Parameters<typeof check>) => (onCheck(), check(...given)),
  });
}

/** How many files a new kernel checks that sees a module, and then more beside it. */
function checksOfKernel(): number {
  const kept = newKeptModules(ts, join(folder, "modules"));
  const imported = newImportedFiles(ts, kept);
  const programOf = newPrograms();
  let checks = 0;
  for (const names of [[OWN], [OWN, "/project/global.d.ts"]]) {
    const program = observed(programOf(names), () => checks++);
    assert.deepEqual(imported.check(program, [OWN]), []);
    imported.compile(program, [OWN]);
  }
  return checks;
}

test("a file is checked once for each set of global declarations that it is seen with, whatever kernel sees it", () => {
  assert.equal(checksOfKernel(), 2);
  assert.equal(checksOfKernel(), 0);
});

test("a file that was trusted is checked once it is not any more, though it is the same", () => {
  const imported = newImportedFiles(ts, newKeptModules(ts, join(folder, "doubted")), {
    trusted: (files) => (isTrusted ? files : []),
  });
  const programOf = newPrograms();
  let checks = 0;
  const check = () => {
    imported.check(
      observed(programOf([OWN]), () => checks++),
      [OWN],
    );
    return checks;
  };
  let isTrusted = true;
  assert.equal(check(), 0);
  isTrusted = false;
  assert.equal(check(), 1);
});
