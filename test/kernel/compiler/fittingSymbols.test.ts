import assert from "node:assert/strict";
import { test } from "node:test";
import * as ts from "typescript";
import { amongFitting } from "../../../lib/kernel/compiler/fittingSymbols";
import { fittingEntries } from "../../../lib/kernel/fittingEntries";

const BEFORE = `
export enum Color { Red, Green, DarkRed }
export namespace shapes { export const circle = 1; export function square(n: number): number { return n; } export interface Side { of: string } }
class Net { #secret = 1; private hidden = 2; readonly layers = [1]; layerCount(): number { return this.#secret + this.hidden; } }
interface Options { epochs?: number; epochLength?: number; batch?: number }
declare function train(options: Options | { file: string; each?: number }): void;
const net = new Net(); let maybe: Net | undefined; const either = Math.random() > 0.5 ? { left: 1, lead: 2 } : { lead: "3" };
`;

/** Half a name each; the cursor is at the end, or where the bar is. */
const HALVES = [
  ...["Ma", "ne", "tra", "arg", "cons", "zzz", "function f(first: number) { fi|rst; }", "class A { b = th| }"],
  ...[
    "net.la",
    "net.LAY",
    "net.hid",
    "maybe?.lay",
    "either.le",
    "[1].ma",
    "'a'.tri",
    "net.layers.fi|\nnet.layers",
    "(5).to",
  ],
  ...[
    "Color.re",
    "shapes.s",
    "let a: shapes.S",
    "let b: Co",
    "let c: Net['la",
    "Promise.a",
    "globalThis.Ma",
    "import.me",
  ],
  ...[
    "train({ ep",
    "train({ epochs: 1, e",
    "const { la| } = net",
    "const o: Options = { epochs: 1, b",
    "net['la",
    "new Ne",
  ],
  ...["function g<Type>() { let x: Ty| }", "label: for (;;) { break la| }", "export { Co| }", "type K = keyof Opt"],
];

const FILE = "/cell.ts";
let text = "";
let version = 0;
const service = ts.createLanguageService({
  getCompilationSettings: () => ({ strict: true, target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"], types: [] }),
  getScriptFileNames: () => [FILE],
  getScriptVersion: (name) => (name === FILE ? String(version) : "1"),
  getScriptSnapshot: (name) => {
    const content = name === FILE ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => "/",
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  readFile: (name) => (name === FILE ? text : ts.sys.readFile(name)),
  fileExists: (name) => name === FILE || ts.sys.fileExists(name),
});

const checker = () => service.getProgram()!.getTypeChecker();

function open(half: string): { position: number; written: string } {
  const [first, rest = ""] = half.split("|");
  text = `${BEFORE}${first}${rest}`;
  version++;
  return { position: BEFORE.length + first.length, written: /[\w$]*$/.exec(first)![0] };
}

test("completions among fitting symbols are those of all symbols that fit, in the same order and of the same kinds", () => {
  let offered = 0;
  for (const half of HALVES) {
    const { position, written } = open(half);
    const find = () =>
      (service.getCompletionsAtPosition(FILE, position, {})?.entries ?? []).map(({ name, kind, sortText }) => ({ name, kind, sortText })); // prettier-ignore
    const wanted = fittingEntries(written, find());
    assert.deepEqual(fittingEntries(written, amongFitting(checker(), written, find)), wanted, half);
    offered += Math.min(wanted.length, 1);
  }
  assert.ok(offered > 0.85 * HALVES.length, `${offered} of ${HALVES.length} offered something`);
});

test("a checker tells of all symbols again afterwards, also after an error", () => {
  open("Ma");
  const all = () =>
    checker().getSymbolsInScope(service.getProgram()!.getSourceFile(FILE)!, ts.SymbolFlags.Value).length;
  const before = all();
  assert.ok(amongFitting(checker(), "mat", all) < before / 20);
  assert.throws(() => amongFitting(checker(), "mat", () => assert.fail("broken")), /broken/);
  assert.equal(all(), before);
});
