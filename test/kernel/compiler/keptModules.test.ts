import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import ts from "typescript";
import { newKeptModules } from "../../../lib/kernel/compiler/keptModules";
import { fileOf, programOf } from "./programOf";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "atelier-kept-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** As another kernel would, which has the folder in common with this one. */
const keptModules = () => newKeptModules(ts, join(folder, "modules"));

test("a module that one kernel keeps is found by the next one, also in another folder, until its text changes", () => {
  const program = programOf({ "own.ts": "export const a = 1;" });
  const compiled = { code: "exports.a = 1;", map: "{}" };
  keptModules().keep(program, fileOf(program, "own.ts"), compiled);
  const copy = programOf({ "own.ts": "export const a = 1;" }, "/elsewhere");
  assert.deepEqual(keptModules().find(copy, fileOf(copy, "own.ts")), compiled);
  const changed = programOf({ "own.ts": "export const a = 2;" });
  assert.equal(keptModules().find(changed, fileOf(changed, "own.ts")), undefined);
  keptModules().keep(changed, fileOf(changed, "own.ts"), { code: "exports.a = 2;" });
  assert.equal(readdirSync(join(folder, "modules")).length, 1); // one state of each file
});

test("what is broken is not found, and a folder that cannot be written does no harm", () => {
  const program = programOf({ "own.ts": "export const a = 1;" });
  const file = fileOf(program, "own.ts");
  keptModules().keep(program, file, { code: "exports.a = 1;" });
  const [name] = readdirSync(join(folder, "modules"));
  writeFileSync(join(folder, "modules", name), '{"key":');
  assert.equal(keptModules().find(program, file), undefined);
  rmSync(join(folder, "modules"), { recursive: true });
  writeFileSync(join(folder, "modules"), "no folder");
  keptModules().keep(program, file, { code: "exports.a = 1;" });
  assert.equal(keptModules().find(program, file), undefined);
});
