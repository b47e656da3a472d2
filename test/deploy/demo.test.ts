import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/files";

const read = (...names: string[]) => readFileSync(join(projectRoot, ...names), "utf8");

/** The words of each command that serves the demo, after `node`. */
const commands: Record<string, string[]> = {
  "package.json": (JSON.parse(read("package.json")) as { scripts: { demo: string } }).scripts.demo.split(" ").slice(1),
  Containerfile: (JSON.parse(/^CMD (.+)$/m.exec(read("deploy", "demo", "Containerfile"))![1]) as string[]).slice(1),
  "atelier-demo.service": /^ExecStart=\S+ (.+)$/m.exec(read("deploy", "demo", "atelier-demo.service"))![1].split(" "),
};

test("what is deployed starts Node as npm run demo does, with options that the demo has", () => {
  const { stdout: help } = spawnSync(process.execPath, ["setup.js", "demo", "--help"], { cwd: projectRoot, encoding: "utf8" }); // prettier-ignore
  const [flags] = wordsOf("package.json");
  for (const name of ["Containerfile", "atelier-demo.service"]) {
    const [own, command, ...options] = wordsOf(name);
    assert.deepEqual([own, command], [flags, ["demo"]], name);
    for (const option of options.flat().filter((word) => word.startsWith("--"))) assert.match(help, new RegExp(`^  ${option} `, "m"), name); // prettier-ignore
  }
});

/** Node's flags, the command, and its options. */
function wordsOf(name: string): string[][] {
  const words = commands[name];
  const at = words.indexOf("setup.js");
  return [words.slice(0, at), words.slice(at + 1, at + 2), words.slice(at + 2)];
}

test("what is copied into the image is there", () => {
  const copied = Array.from(read("deploy", "demo", "Containerfile").matchAll(/^COPY (.+) \S+$/gm), ([, names]) => names.split(" ")).flat(); // prettier-ignore
  assert.ok(copied.includes("lib"));
  for (const name of copied) assert.ok(existsSync(join(projectRoot, name)), name);
});
