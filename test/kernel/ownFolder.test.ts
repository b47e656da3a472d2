import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { projectRoot } from "../../lib/files";
import { missingModule } from "../../lib/kernel/missingModule";
import { typecheckNotebooks } from "../../lib/runner/typecheckCells";
import { code, notebookOf } from "../runner/samples";
import { type LiveKernel, startLiveKernel } from "./liveKernel";

/** A project of somebody else, with a package and a lib of its own, and a kernel in a folder of it. */
let home: string;
let folder: string;
let kernel: LiveKernel;
before(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "somebody's project ")));
  folder = join(home, "notebooks");
  write("package.json", "{}");
  write("node_modules/arquero/package.json", '{ "name": "arquero", "main": "index.js", "types": "index.d.ts" }');
  write("node_modules/arquero/index.js", 'exports.whose = "mine";');
  write("node_modules/arquero/index.d.ts", "export const whose: string;");
  write("node_modules/untyped/package.json", '{ "name": "untyped", "exports": { ".": { "types": "./a/b.d.ts", "default": "./a/b.js" } } }'); // prettier-ignore
  write("notebooks/random.ts", 'export const whose = "my random";');
  kernel = await startLiveKernel(folder);
});
after(async () => {
  await kernel.end();
  rmSync(home, { recursive: true });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(home, name)), { recursive: true });
  writeFileSync(join(home, name), text);
}

async function shown(source: string): Promise<string> {
  const { content, of } = await kernel.run(source);
  return content.status === "ok" ? of("execute_result")[0]?.data["text/plain"] : content.traceback.join("\n");
}

test("a kernel elsewhere takes the user's packages and files first, then the library and its packages", async () => {
  assert.equal(await shown('import { whose } from "arquero"; whose'), "mine");
  assert.equal(await shown('import { whose as mine } from "./random"; mine'), "my random");
  assert.equal(await shown('import { buildCsr } from "./lib/recommend/csr"; buildCsr.name'), "buildCsr");
  assert.equal(await shown('import { parse } from "yaml"; parse("a: 5").a'), "5");
});

test("require.resolve() finds the user's packages first, then this package's, in a cell and in a file", async () => {
  write("notebooks/finds.ts", 'export const place = require.resolve("plotly.js-dist-min/plotly.min.js");');
  const own = join(projectRoot, "node_modules");
  const cell =
    'import { place } from "./finds"; [require.resolve("arquero"), require.resolve("yaml"), place].join("\\n")';
  const wanted = [join(home, "node_modules/arquero/index.js"), join(own, "yaml/dist/index.js")];
  assert.deepEqual((await shown(cell)).split("\n"), [...wanted, join(own, "plotly.js-dist-min/plotly.min.js")]);
  assert.match(await shown('require.resolve("left-pad")'), /The package left-pad is not installed/);
});

test("a library's file found from elsewhere knows where it lies, and its errors say so", async () => {
  assert.equal(await shown('import { projectRoot } from "./lib/files"; require("fs").existsSync(projectRoot)'), "true");
  const traceback = await shown('import { seededRandom as seeded } from "./lib/random"; import { buildRecommender } from "./lib/recommend/model"; buildRecommender({ components: -1, random: seeded(1) })'); // prettier-ignore
  assert.match(traceback, /RangeError.*components/s);
  assert.match(traceback, /lib\/recommend\/settings\.ts:\d+:\d+/);
});

test("a missing module is said to be installed, and where", async () => {
  const cure = `The package left-pad is not installed. Run "npm install left-pad" in ${home}, where notebooks belongs to.`;
  assert.ok((await shown('import pad from "left-pad"; pad')).includes(`TS2307: Cannot find module 'left-pad' or its corresponding type declarations.\n${cure}\n`)); // prettier-ignore
  assert.ok((await shown('const pad = require("left-pad/deep"); pad')).includes(cure));
  const beside = `There is no such file beside the notebook, which lies in ${folder}. Paths of imports begin there.`;
  assert.ok((await shown('import { x } from "./lib/nothing"; x')).includes(beside));
  assert.ok((await shown('import { x } from "untyped"; x')).includes('Use it by require("untyped")'));
  assert.equal(missingModule("node:fs", folder), undefined);
  assert.match(missingModule("@scope/name/file", home)!, /"npm install @scope\/name" in /);
});

test("typecheckNotebooks() finds and misses what the kernel does", () => {
  const check = (source: string) =>
    typecheckNotebooks([{ file: join(folder, "own.ipynb"), notebook: notebookOf(code(source)) }]).map(({ message }) => message); // prettier-ignore
  assert.deepEqual(check('import { whose } from "arquero"; const text: string = whose; text;'), []);
  assert.deepEqual(check('import * as tf from "@tensorflow/tfjs"; import { buildCsr } from "./lib/recommend/csr"; [tf.tensor, buildCsr];'), []); // prettier-ignore
  assert.match(check('import pad from "left-pad"; pad;').join(), /"npm install left-pad" in /);
});

test("a folder lib of the user's is theirs alone", async () => {
  write("other/lib/random.ts", 'export const whose = "my random";');
  const other = await startLiveKernel(join(home, "other"));
  try {
    const { of } = await other.run('import { whose } from "./lib/random"; whose');
    assert.equal(of("execute_result")[0].data["text/plain"], "my random");
    const { content } = await other.run('import { buildCsr } from "./lib/recommend/csr"; buildCsr');
    assert.match(content.evalue, /TS2307/);
  } finally {
    await other.end();
  }
});
