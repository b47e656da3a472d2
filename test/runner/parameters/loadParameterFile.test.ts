import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadParameterFile } from "../../../lib/runner/parameters/loadParameterFile";

const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
after(() => rmSync(folder, { recursive: true }));

function load(name: string, text: string): Record<string, unknown> {
  const file = join(folder, name);
  writeFileSync(file, text);
  return loadParameterFile(file);
}

function refusal(name: string, text: string, message: string): void {
  assert.throws(() => load(name, text), new SyntaxError(`${join(folder, name)} ${message}`));
}

test("loadParameterFile() reads YAML and JSON, nested values among them", () => {
  const wanted = { epochs: 3, net: { depths: [1, 2.5], deep: true }, name: "3", none: null };
  assert.deepEqual(load("a.json", `\uFEFF${JSON.stringify(wanted)}`), wanted);
  const yaml = 'epochs: 3 # passes\nnet:\n  depths: [1, 2.5]\n  deep: true\nname: "3"\nnone: null\n';
  for (const name of ["a.yaml", "a.YML"]) assert.deepEqual(load(name, yaml), wanted);
  assert.deepEqual(load("a.yaml", "# nothing\n"), {});
});

test("loadParameterFile() says in which line a file is wrong", () => {
  refusal("b.json", '{\n "a": 1,\n}', "is not JSON: Expected double-quoted property name in line 3");
  refusal("b.json", '{\n"a":', "is not JSON: Unexpected end of JSON input in line 2");
  const far = '{"aaaaaaaaaaaaaaaaaaaaaaaaaa":\n\n1, "b":}';
  refusal("b.json", far, "is not JSON: Unexpected token '}' in line 3");
  refusal("b.yaml", "a: 1\na: 2\n", "is not YAML: Map keys must be unique in line 2");
  assert.throws(() => load("b.yaml", "a: 1\nb: [1,\n"), { name: "SyntaxError", message: /is not YAML: .* in line 3$/ });
  assert.throws(() => load("b.yaml", "a: *b"), { name: "SyntaxError", message: /is not YAML: Unresolved alias/ });
  refusal("b.yaml", "a: 1\n---\nb: 2\n", "holds 2 YAML documents; one is wanted");
});

test("loadParameterFile() refuses what are no names with values", () => {
  const wanted = "names with values are wanted, as in epochs: 3";
  refusal("c.json", "[1]", `holds a list; ${wanted}`);
  refusal("c.json", "3", `holds nothing but 3; ${wanted}`);
  refusal("c.yaml", "epochs 3", `holds nothing but text; ${wanted}`);
  refusal("c.json", "null", `holds null; ${wanted}`);
  refusal("c.json", '{"a b": 1}', 'names a parameter "a b", which cannot be a variable\'s name');
  const file = join(folder, "c.toml");
  const message = `${file} is no file of parameters; one that ends in .yaml, .yml or .json is wanted`;
  assert.throws(() => loadParameterFile(file), new RangeError(message));
  assert.throws(() => loadParameterFile(join(folder, "none.json")), { code: "ENOENT" });
});
