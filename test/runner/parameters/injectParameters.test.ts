import assert from "node:assert/strict";
import { test } from "node:test";
import { checkInjected } from "../../../lib/runner/parameters/checkInjected";
import { injectParameters } from "../../../lib/runner/parameters/injectParameters";
import { readInjected, readParameters } from "../../../lib/runner/parameters/readParameters";
import { code, notebookOf, prose } from "../samples";
import { declared } from "./declared";

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

test("checkInjected() asks the compiler about types with a name, and tells of nothing but the values", () => {
  const types = code('type Mode = "fast" | "slow";\ninterface Net {\n  depth: number;\n}\nundeclared();');
  const knobs = code(
    'const mode: Mode = "fast";\nconst net: Net = { depth: 2 };\nconst epochs: number = 3;',
    "parameters",
  );
  const notebook = notebookOf(prose("# A"), types, knobs, code("const wrong: number = mode;"));
  const parameters = readParameters(notebook);
  const check = (values: Record<string, unknown>) =>
    checkInjected(__filename, injectParameters(notebook, values), { parameters, values });
  check({ mode: "slow", net: { depth: 3 } });
  check({ epochs: 5 });
  assert.throws(
    () => check({ epochs: 1, net: { depth: "deep" } }),
    new RangeError(
      `The parameter net is {"depth":"deep"}; a value of the type Net is wanted (Type 'string' is not assignable to type 'number')`,
    ),
  );
  assert.throws(() => check({ mode: "idle" }), {
    message: `The parameter mode is "idle"; a value of the type Mode is wanted (Type '"idle"' is not assignable to type 'Mode')`,
  });
});
