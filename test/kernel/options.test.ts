import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { type LiveKernel, shownBy, startLiveKernel } from "./liveKernel";

/** A folder with a package that makes elements as Preact does, and a tsconfig.json that is strict. */
let folder: string;
let kernel: LiveKernel;
before(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier-jsx-")));
  write("node_modules/preact/package.json", '{ "name": "preact", "version": "10.0.0", "exports": { "./package.json": "./package.json", "./jsx-runtime": { "types": "./runtime.d.ts", "default": "./runtime.js" } } }'); // prettier-ignore
  write("node_modules/preact/runtime.js", "exports.jsx = exports.jsxs = (type, props) => ({ type: typeof type === 'function' ? type(props) : type, ...props }); exports.Fragment = 'fragment';"); // prettier-ignore
  write("node_modules/preact/runtime.d.ts", "export const jsx: any, jsxs: any, Fragment: any; export namespace JSX { type Element = any; interface IntrinsicElements { b: { id?: string; children?: any } } }"); // prettier-ignore
  write("tsconfig.json", '{ "compilerOptions": { "strict": true } }');
  kernel = await startLiveKernel(folder);
});
after(async () => {
  await kernel.end();
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const shown = (code: string) => shownBy(kernel, code);

test("a cell may hold JSX where a person has Preact, checked by its types, and arrows with angle brackets remain what they are", async () => {
  assert.equal(await shown('const b = 5; JSON.stringify(<b id="x">{b}</b>)'), '{"type":"b","id":"x","children":5}');
  assert.equal(
    await shown("const Big = (props: { n: number }) => 'big' + props.n; JSON.stringify(<Big n={b} />)"),
    '{"type":"big5","n":5}',
  );
  assert.equal(await shown("JSON.stringify(<Big n={6} />)"), '{"type":"big6","n":6}');
  assert.match(await shown("<Big n='a' />"), /TS2322/);
  assert.match(await shown("<unknownTag />"), /TS2339/);
  assert.equal(await shown("const same = <T,>(x: T) => x; same(<number>(7 as unknown))"), "7");
});

test("the nearest tsconfig.json decides how strictly cells are checked", async () => {
  assert.match(await shown("function loose(x) { return x; }"), /TS7006/);
  assert.match(await shown("const maybe: { a?: string } = {}; maybe.a.length"), /TS18048/);
  const own = realpathSync(mkdtempSync(join(tmpdir(), "atelier-loose-")));
  const loose = await startLiveKernel(own);
  try {
    const { content } = await loose.run("function loose(x) { return x; } loose(1)");
    assert.equal(content.status, "ok");
  } finally {
    await loose.end();
    rmSync(own, { recursive: true });
  }
});

test("packages that are ES modules with exports only are imported with their types", async () => {
  const lessons = await startLiveKernel();
  try {
    const { of, content } = await lessons.run(
      'import { sha256 } from "@noble/hashes/sha2.js"; sha256(new TextEncoder().encode("abc"))[0]',
    );
    assert.equal(content.status, "ok", content.evalue);
    assert.equal(of("execute_result")[0].data["text/plain"], "186");
    assert.match((await lessons.run("sha256(5)")).content.evalue, /TS2345/);
  } finally {
    await lessons.end();
  }
});

test("commands and names of other worlds are answered with what stands here for them", async () => {
  for (const [code, wanted] of [
    ["%matplotlib inline", /^1:1 - %matplotlib is a command of IPython.*show\(figure\)/],
    ["%%time\n1 + 1", /console\.time/],
    ["!ls -la", /^1:1 - !ls is a command of a shell.*execSync/],
    ["!pip install x", /npm install NAME/],
    ["%somethingElse", /Cells are TypeScript here/],
    ["document.title", /^1:1 - error TS2584: Cannot find name 'document'\. Cells run in Node.*display\.html/],
    ["True", /TS2304.*TypeScript writes true/],
    ["Deno.version", /Cells run in Node/],
  ] as const)
    assert.match(await shown(code), wanted);
  const flag = "const flag = true;\n!flag";
  assert.equal(await shown(flag), "false");
  const { content } = await kernel.run("?flag");
  assert.match(content.payload[0].data["text/plain"], /^const flag: true/);
});
