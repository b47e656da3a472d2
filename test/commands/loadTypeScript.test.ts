import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"; // prettier-ignore
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { projectRoot } from "../../lib/files";

/** A project with the loader, whose cache is its own. */
const project = realpathSync(mkdtempSync(join(tmpdir(), "atelier-loader-")));
after(() => rmSync(project, { recursive: true }));
const loader = join(project, "lib", "commands", "loadTypeScript.js");
cpSync(join(projectRoot, "lib", "commands", "loadTypeScript.js"), loader);
cpSync(join(projectRoot, "tsconfig.json"), join(project, "tsconfig.json"));
mkdirSync(join(project, "node_modules"));
for (const name of ["ts-node", "typescript"])
  symlinkSync(join(projectRoot, "node_modules", name), join(project, "node_modules", name), "junction");

const PADDING = `// ${"-".repeat(100_000)}\n`;

function write(name: string, text: string) {
  const file = join(project, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function printed(code: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ["-r", loader, "-p", code], {
    cwd: project,
    encoding: "utf8",
  });
  return stdout.trim() || stderr;
}

const cache = join(project, "node_modules", ".cache", "compiled");
const kept = () => readdirSync(cache).map((name) => `${name} ${statSync(join(cache, name)).mtimeMs}`);

test("a large file of a package is compiled once for each state of it, and knows its place", () => {
  const own = (value: string) =>
    `${PADDING}const path = require("path"); exports.found = () => [${value}, path.basename(__dirname), require("./small").one];`;
  write("node_modules/large/index.js", own("1"));
  write("node_modules/large/small.js", "exports.one = 'small';");
  const code = "JSON.stringify(require('large').found())";
  assert.equal(printed(code), '[1,"large","small"]');
  const first = kept();
  assert.equal(first.length, 1, "the small file is not among them");
  assert.equal(printed(code), '[1,"large","small"]');
  assert.deepEqual(kept(), first, "it was taken from there");
  write("node_modules/large/index.js", own("'two'"));
  assert.equal(printed(code), '["two","large","small"]');
  assert.equal(kept().length, 2);
});

test("a large ES module of a package is loaded as Node does", () => {
  write("node_modules/modern/package.json", '{ "type": "module" }');
  write("node_modules/modern/index.js", `${PADDING}export const name = "modern";`);
  const code = "import('modern').then(({ name }) => console.log(name)), ''";
  assert.equal(printed(code), "modern");
  assert.match(printed("require('modern').name"), /^modern$|ERR_REQUIRE_ESM/);
});

test("a broken large file of a package is told with its place", () => {
  write("node_modules/broken/index.js", `${PADDING}const = 1;`);
  assert.match(printed("require('broken')"), /node_modules.broken.index\.js:2\nconst = 1;/);
});
