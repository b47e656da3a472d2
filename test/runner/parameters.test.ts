import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fitParameters,
  injectParameters,
  parseParameterArguments,
  readInjected,
  readParameters,
} from "../../lib/runner/parameters";
import { code, notebookOf, prose } from "./samples";

const declared = code(
  [
    "// the length of the training",
    "const epochs: number = 10;",
    'const name: string = "plain", quick = false;',
    "let rates: readonly number[] = [0.1, -0.01];",
    'const backend: "wasm" | "cpu" | null = "wasm";',
    "const sizes = [28, 28] as const;",
    "const limit: number | undefined = undefined;",
    "const options: { depth: number } = { depth: 2 };",
    "const minutes = 60 * 2;",
  ].join("\n"),
  "parameters",
);
const parameters = readParameters(notebookOf(prose("# A"), declared));
const fitted = (values: Record<string, unknown>) => fitParameters(parameters, values, assert.fail);
const refusal = (values: Record<string, unknown>, message: string) =>
  assert.throws(() => fitted(values), new RangeError(message));

test("readParameters() finds names, types and plain defaults", () => {
  const found = parameters.map(({ name, type, value }) => [name, type, value]);
  assert.deepEqual(found, [
    ["epochs", "number", 10],
    ["name", "string", "plain"],
    ["quick", "boolean", false],
    ["rates", "readonly number[]", [0.1, -0.01]],
    ["backend", '"wasm" | "cpu" | null', "wasm"],
    ["sizes", "number[]", [28, 28]],
    ["limit", "number | undefined", undefined],
    ["options", "{ depth: number }", { depth: 2 }],
    ["minutes", "JSON", undefined],
  ]);
  assert.deepEqual(readParameters(notebookOf(code("const a = 1;"))), []);
});

test("parseParameterArguments() splits at the first equals sign, and refuses what has none", () => {
  assert.deepEqual(parseParameterArguments(["epochs=3", "name=a=b", "empty="]), {
    epochs: "3",
    name: "a=b",
    empty: "",
  });
  for (const wrong of ["epochs", "=3", "3=epochs"])
    assert.throws(
      () => parseParameterArguments([wrong]),
      new RangeError(`The parameter "${wrong}" is not of the form name=value, as in epochs=3`),
    );
});

test("fitParameters() turns text into the declared type", () => {
  const values = { epochs: "1e1", name: "3", quick: "true", rates: "[1, 2]", backend: "cpu", options: '{"depth":1}' };
  const expected = { epochs: 10, name: "3", quick: true, rates: [1, 2], backend: "cpu", options: { depth: 1 } };
  assert.deepEqual(fitted(values), expected);
  assert.deepEqual(fitted({ ...expected, backend: null, limit: "5" }), { ...expected, backend: null, limit: 5 });
});

test("fitParameters() refuses a value of another type, in one line", () => {
  refusal({ epochs: "many" }, 'The parameter epochs is "many"; a number is wanted');
  refusal({ epochs: "" }, 'The parameter epochs is ""; a number is wanted');
  refusal({ epochs: NaN }, "The parameter epochs is NaN; a number is wanted");
  refusal({ epochs: true }, "The parameter epochs is true; a number is wanted");
  refusal({ quick: "yes" }, 'The parameter quick is "yes"; true or false is wanted');
  refusal({ name: 3 }, "The parameter name is 3; text is wanted");
  refusal({ backend: "gpu" }, 'The parameter backend is "gpu"; a value of the type "wasm" | "cpu" | null is wanted');
  refusal({ rates: "0.1" }, 'The parameter rates is "0.1"; a value of the type readonly number[] is wanted');
  refusal(
    { rates: '["0.1"]' },
    'The parameter rates is "[\\"0.1\\"]"; a value of the type readonly number[] is wanted',
  );
});

test("fitParameters() warns of unknown names and keeps their value", () => {
  const lines: string[] = [];
  assert.deepEqual(
    fitParameters(parameters.slice(0, 2), { epoch: "3" }, (line) => lines.push(line)),
    { epoch: 3 },
  );
  fitParameters([], { epoch: "3" }, (line) => lines.push(line));
  assert.deepEqual(lines, [
    "Unknown parameter epoch: known are epochs, name",
    "Unknown parameter epoch: the notebook has no cell tagged parameters",
  ]);
});

test("injectParameters() puts typed values right after the defaults, in place of older ones", () => {
  const old = code("const epochs: number = 99;", "injected-parameters");
  const notebook = notebookOf(prose("# A"), declared, code("epochs"), old);
  const { cells } = injectParameters(notebook, { epochs: 3, rates: [1], quick: true, extra: "é\n" });
  assert.deepEqual(
    cells.map(({ source }) => source).filter((_, index) => index !== 1),
    [
      "# A",
      '// Parameters\nconst epochs: number = 3;\nlet rates: readonly number[] = [1];\nconst quick = true;\nconst extra = "é\\n";',
      "epochs",
    ],
  );
  assert.deepEqual(cells[2].metadata.tags, ["injected-parameters"]);
  assert.deepEqual(readInjected({ ...notebook, cells }), { epochs: 3, rates: [1], quick: true, extra: "é\n" });
});

test("injectParameters() comes before the first code cell where none is tagged, and does nothing without values", () => {
  const notebook = notebookOf(prose("# A"), code("1"));
  assert.equal(injectParameters(notebook, {}), notebook);
  const { cells } = injectParameters(notebook, { a: 1 });
  assert.deepEqual(
    cells.map(({ source }) => source),
    ["# A", "// Parameters\nconst a = 1;", "1"],
  );
});
