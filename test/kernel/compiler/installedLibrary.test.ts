import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import ts from "typescript";
import { linksIn } from "../../../lib/kernel/compiler/fileLinks";
import { installedLibrary } from "../../../lib/kernel/compiler/installedLibrary";
import { programOf } from "./programOf";

const folder = mkdtempSync(join(tmpdir(), "atelier-installed-"));
after(() => rmSync(folder, { recursive: true }));
const list = join(folder, "installed.json");

const TEXTS = {
  "lib/low.ts": "export const low = 1;",
  "lib/middle.ts": 'import { low } from "./low"; export const middle = low;',
  "lib/high.ts": 'import { middle } from "./middle"; export const high = middle;',
  "lib/round.ts": 'import type { Back } from "./back"; export interface Round { back?: Back }',
  "lib/back.ts": 'import type { Round } from "./round"; export interface Back { round?: Round }',
  "own.ts": 'import { high } from "./lib/high"; export const own = high;',
};
const sumOf = (text: string) => createHash("sha256").update(text).digest("hex");
const inLibrary = (path: string) => /^\/project\/lib\/(.*)$/.exec(path)?.[1];

/** The files that are trusted once some have these texts. */
function trustedWith(texts: Partial<typeof TEXTS>): string[] {
  const program = programOf({ ...TEXTS, ...texts });
  const files = program.getSourceFiles() as ts.SourceFile[];
  const { trusted } = installedLibrary(list, { inLibrary });
  return Array.from(trusted(files, linksIn(ts, program)), ({ fileName }) => fileName.replace("/project/", "")).sort();
}

test("files of the library are trusted until they, or what they reach, change; a person's own files never are", () => {
  const names = Object.entries(TEXTS).flatMap(([name, text]) =>
    name === "own.ts" ? [] : [[name.slice(4), sumOf(text)]],
  );
  writeFileSync(list, JSON.stringify(Object.fromEntries(names)));
  const all = ["lib/back.ts", "lib/high.ts", "lib/low.ts", "lib/middle.ts", "lib/round.ts"];
  assert.deepEqual(trustedWith({}), all);
  assert.deepEqual(trustedWith({ "lib/middle.ts": `${TEXTS["lib/middle.ts"]}\n` }), ["lib/back.ts", "lib/low.ts", "lib/round.ts"]); // prettier-ignore
  assert.deepEqual(trustedWith({ "lib/round.ts": "export interface Round { other: 1 }" }), all.slice(1, 4));
  assert.deepEqual(trustedWith({ "own.ts": "export const own = 2;" }), all);
});

test("without a list, or with a broken one, no file is trusted", () => {
  writeFileSync(list, "{");
  assert.deepEqual(trustedWith({}), []);
  rmSync(list);
  assert.deepEqual(trustedWith({}), []);
});
