import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { contentKeys } from "../../../lib/kernel/compiler/contentKeys";
import { fileOf, programOf } from "./programOf";

const TEXTS = {
  "area.ts": 'import { side } from "./side"; export const area = side * side;',
  "side.ts": 'import type { Unit } from "./unit"; export const side: number = 3; export type Of = Unit;',
  "unit.d.ts": 'import { Base } from "./base"; export interface Unit extends Base { name: string }',
  "base.d.ts": "export interface Base { id: number }",
  "other.ts": "export const other = 1;",
};

/** The key of area.ts among these files. */
function keyOf(changes: Record<string, string> = {}, folder?: string): string {
  const program = programOf({ ...TEXTS, ...changes }, folder);
  return contentKeys(ts, program).keyOf(fileOf(program, "area.ts"));
}

test("a key stays the same in another folder, and where files change that the file does not see", () => {
  assert.equal(keyOf({}, "/elsewhere"), keyOf());
  assert.equal(keyOf({ "other.ts": "export const other = 2;" }), keyOf());
  assert.equal(keyOf({ "__prev__.d.ts": "export {}; declare let a: number;" }), keyOf());
  assert.equal(
    keyOf({ "more.ts": 'import "./other"; declare module "./other" { interface A {} } export {};' }),
    keyOf(),
  );
});

const CHANGES: Record<string, Record<string, string>> = {
  "itself changes": { "area.ts": `${TEXTS["area.ts"]} ` },
  "a file changes that it imports": { "side.ts": `${TEXTS["side.ts"]} ` },
  "declarations change that it reaches": { "base.d.ts": "export interface Base { id: string }" },
  "an import leads elsewhere": { "base.ts": "export interface Base { id: number }" },
  "a script declares something for all": { "all.d.ts": "interface Everywhere {}" },
  "a module declares something for all": { "all.ts": "declare global { interface Everywhere {} } export {};" },
  "a module has a name for all": { "all.d.ts": "export as namespace all; export const a: number;" },
  "a module adds to one that it reaches": {
    "more.ts": 'import "./base"; declare module "./base" { interface Base { more: 1 } } export {};',
  },
  "a module adds to one that adds to another": {
    "more.ts": 'import "./base"; import "./last"; declare module "./base" { interface Base { more: 1 } } export {};',
    "last.ts": "export {};",
  },
};

for (const [how, changes] of Object.entries(CHANGES))
  test(`a key changes when ${how}`, () => assert.notEqual(keyOf(changes), keyOf()));

test("a circle of imports has keys, which change with any of its files", () => {
  const circle = { "side.ts": 'import { area } from "./area"; export const side = 3; export const a = () => area;' };
  assert.equal(keyOf(circle), keyOf(circle));
  assert.notEqual(keyOf(circle), keyOf());
});
