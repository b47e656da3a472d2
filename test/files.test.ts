import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { codeVersion, projectRoot, replaceFile, shownPath, typeScriptLoader } from "../lib/files";

const folder = mkdtempSync(join(tmpdir(), "atelier-files-"));
after(() => rmSync(folder, { recursive: true }));

test("projectRoot is the folder of package.json", () => {
  assert.ok(existsSync(join(projectRoot, "package.json")));
});

test("shownPath() shortens paths within the project and leaves others whole", () => {
  assert.equal(shownPath(join(projectRoot, "data", "models", "a.json")), "data/models/a.json");
  assert.equal(shownPath(folder), folder);
  assert.equal(shownPath(join(projectRoot, "..", "elsewhere")), join(projectRoot, "..", "elsewhere"));
});

test("replaceFile() makes the folders, writes text and bytes, and leaves nothing else behind", () => {
  const file = join(folder, "a", "b", "c.bin");
  replaceFile(file, "grüße");
  assert.equal(readFileSync(file, "utf8"), "grüße");
  replaceFile(file, Uint8Array.of(0, 255));
  assert.deepEqual([...readFileSync(file)], [0, 255]);
  assert.deepEqual(readdirSync(join(folder, "a", "b")), ["c.bin"]);
});

test("replaceFile() leaves no draft where it fails", () => {
  const taken = join(folder, "taken");
  mkdirSync(join(taken, "in", "the", "way"), { recursive: true });
  assert.throws(() => replaceFile(join(taken, "in"), "text"));
  assert.deepEqual(readdirSync(taken), ["in"]);
});

test("replaceFile() shows readers, and leaves after a kill, all of the old content or all of the new", async () => {
  const file = join(folder, "contested");
  const script = `const { replaceFile } = require(${JSON.stringify(join(projectRoot, "lib", "files"))});
    const contents = ["a", "b"].map((letter) => letter.repeat(3e6));
    for (let i = 0; ; i++) replaceFile(${JSON.stringify(file)}, contents[i % 2]);`;
  const writer = spawn(process.execPath, ["-r", typeScriptLoader, "-e", script], {
    cwd: projectRoot,
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => writer.once("close", resolve));
  try {
    while (!existsSync(file)) {
      assert.equal(writer.exitCode, null);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const seen = new Set<string>();
    for (let look = 0; look < 30 || seen.size < 2; look++) {
      seen.add(whole(file));
      await new Promise(setImmediate);
      assert.equal(writer.exitCode, null);
    }
    writer.kill("SIGKILL");
    await ended;
    whole(file);
  } finally {
    writer.kill("SIGKILL");
  }
});

/** Asserts that the file holds one letter, three million times, and returns it. */
function whole(file: string): string {
  const text = readFileSync(file, "latin1");
  assert.ok(text === "a".repeat(3e6) || text === "b".repeat(3e6), `${text.length} letters`);
  return text[0];
}

test("codeVersion() changes with the names it is given, and counts TypeScript files of a folder", () => {
  const version = codeVersion(["random.ts"]);
  assert.match(version, /^[0-9a-f]{12}$/);
  assert.equal(codeVersion(["random.ts"]), version);
  assert.notEqual(codeVersion(["text.ts"]), version);
  assert.notEqual(codeVersion(["random.ts", "forecast"]), version);
});
