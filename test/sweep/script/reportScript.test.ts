import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { projectRoot } from "../../../lib/files";
import { LOG, readRowResult, type RowResult } from "../../../lib/sweep/rowResult";
import { runRow } from "../../../lib/sweep/runRow";
import { newFolder } from "../samples";

const { folder, remove } = newFolder();
after(remove);

interface Ran {
  result?: RowResult;
  log: string;
  how: number | string;
}

/** Runs a row of a script with these values; `hear` is called again and again with what it has printed. */
async function runScript(
  name: string,
  text: string,
  { values = {}, hear }: { values?: Record<string, unknown>; hear?: (log: string, interrupt: () => void) => void } = {},
): Promise<Ran> {
  const script = join(folder, name);
  writeFileSync(script, text);
  const row = join(folder, `${name}-row`);
  const printed = () => readFileSync(join(row, LOG), "utf8");
  const stop = new AbortController();
  const timer = setInterval(() => hear?.(printed(), () => stop.abort()), 30);
  const lock = { share: () => {}, isLost: () => false, release: () => {} };
  const options = { notebook: script, threads: 1, code: "", signal: stop.signal };
  const how = await runRow({ id: name, parameters: values }, options, { folder: row, lock });
  clearInterval(timer);
  return { result: readRowResult(row), log: printed(), how };
}

test("a TypeScript script gets its values as words, awaits at its top, records, and writes into its own folder", async () => {
  const record = JSON.stringify(join(projectRoot, "lib", "notebook", "record"));
  const text = [
    'import { writeFileSync } from "node:fs";',
    `import { record } from ${record};`,
    "const words: string[] = await Promise.resolve(process.argv.slice(2));",
    'writeFileSync("words.json", JSON.stringify(words));',
    'record("score", 1);',
    'record("score", 0.5);',
    'record("kind", "deep");',
    'record("loss", Float32Array.of(1, 0.5));',
    `import { liveTraining } from ${JSON.stringify(join(projectRoot, "lib", "notebook", "liveTraining"))};`,
    'const live = liveTraining({ label: "Net", log: () => {} });',
    "for (const epoch of [1, 2]) live.onEpoch({ epoch, epochs: 2, batch: 1, batches: 1, loss: 3 - epoch, accuracy: 1, msPerStep: 1 });",
  ];
  const values = { rate: 1e-7, kind: "a b", deep: true, sizes: [1, 2] };
  const { result, log, how } = await runScript("good.ts", text.join("\n"), { values });
  assert.deepEqual([how, result?.status, result?.error], [0, "ok", undefined], log);
  assert.deepEqual(result?.metrics, { score: 0.5, kind: "deep" });
  assert.deepEqual(result?.curves, { loss: [1, 0.5], "Net/loss": [2, 1], "Net/accuracy": [1, 1] });
  assert.ok(result!.seconds > 0 && Date.now() - result!.started! < 60_000);
  const words = JSON.parse(readFileSync(join(folder, "good.ts-row", "output", "words.json"), "utf8"));
  assert.deepEqual(words, ["--rate=1e-7", "--kind=a b", "--deep=true", "--sizes=[1,2]"]);
  assert.equal(log, "score = 1\nscore = 0.5000\nkind = deep\nloss = 1, 0.5000\n");
});

const failures: [name: string, text: string, error: string, code: number][] = [
  ["throws.ts", "enum Kind { a }\nawait Promise.resolve();\nthrow new RangeError(`NaN ${Kind.a}\\nmore`);\nexport {};", "RangeError: NaN 0", 1], // prettier-ignore
  ["rejects.mjs", "await Promise.reject('no');", "thrown: no", 1],
  [
    "ends.js",
    "require('fs').appendFileSync(process.env.ATELIER_RECORDS, '{}\\nnone\\n'); process.exit(3);",
    "exit code 3",
    3,
  ],
  [
    "hangs.ts",
    "await new Promise(() => {});\nexport {};",
    "exit code 13: an await at the top of the script never ended",
    13,
  ],
];

for (const [name, text, error, code] of failures)
  test(`a script that fails says so in its report: ${name}`, async () => {
    const { result, log, how } = await runScript(name, text);
    assert.deepEqual([how, result?.status, result?.error], [code, "failed", error], log);
    if (name === "throws.ts") assert.match(log, /throws\.ts:3:7/);
    if (name === "ends.js") assert.match(log, /records\.jsonl is not JSON in line 2; a line such as /);
  });

test("a script with an error of syntax keeps Node's own words", async () => {
  const { result, log } = await runScript("wrong.ts", "const a = ;\nawait a;");
  assert.equal(result?.status, "failed");
  assert.match(log, /wrong\.ts/);
});

const onWindows = { skip: process.platform === "win32" && "a signal there ends a process at once" };
const FOREVER = "setInterval(() => {}, 1000); console.log('began');";

test("a script that is interrupted is no finished row, whether it minds the signal or not", onWindows, async () => {
  const hear = (log: string, interrupt: () => void) => void (log.includes("began") && interrupt());
  const minding = "process.once('SIGINT', () => { console.log('ending'); process.exit(0); });";
  const both = [runScript("plain.js", FOREVER, { hear }), runScript("minds.js", minding + FOREVER, { hear })];
  const [plain, minds] = await Promise.all(both);
  assert.deepEqual([plain.how, plain.result?.status], [130, "interrupted"]);
  assert.deepEqual([minds.how, minds.result?.status, minds.log], [0, "interrupted", "began\nending\n"]);
});

test("what a script starts reports nothing for it", async () => {
  const text = [
    "const { fork } = require('node:child_process'); const { Worker } = require('node:worker_threads');",
    "if (process.send) process.exit(5);",
    "new Worker('process.exit(4)', { eval: true }).on('exit', () => fork(__filename).on('exit', () => process.exit(0)));",
  ];
  const { result, log } = await runScript("parent.js", text.join("\n"));
  assert.equal(result?.status, "ok", log);
  assert.deepEqual(readdirSync(join(folder, "parent.js-row")).sort(), ["log.txt", "output", "parameters.json", "report.json", "row.json"]); // prettier-ignore
});
