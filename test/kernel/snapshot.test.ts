import assert from "node:assert/strict";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { installedKernelSpec, kernelSpec } from "../../lib/kernel/kernelSpec";
import { makeSnapshot, snapshotFile, snapshotPlace } from "../../lib/kernel/snapshot";
import { newConnection, writeConnectionFile } from "../../lib/runner/connection";
import { connectKernel } from "../../lib/runner/kernelClient";
import { spawnKernel } from "../../lib/runner/kernelProcess";
import { within } from "../../lib/runner/within";
import { lessonsFolder, type LiveKernel, startLiveKernel, until } from "./liveKernel";

const WITHOUT = { skip: process.env.NODE_OPTIONS ? "Node's options are set" : false };

let kernel: LiveKernel;
before(async () => {
  await makeSnapshot();
  await until(() => existsSync(snapshotPlace()), 60); // another process may be at it
  kernel = await startLiveKernel();
});
after(() => kernel.end());

test(
  "a kernel that starts from the snapshot checks, completes, explains and reports as any other",
  WITHOUT,
  async () => {
    assert.ok(kernelSpec("file").argv.includes(snapshotFile()!));
    const shown = async (code: string) => (await kernel.run(code)).of("execute_result")[0]?.data["text/plain"];
    assert.equal(await shown("process.execArgv.some((flag) => flag.includes('snapshot'))"), "true");
    assert.equal(await shown('import { basename } from "node:path"; basename("/a/b") + new Map([[1, 2]]).size'), "b1");
    assert.match((await kernel.run("const n: number = 'x'")).content.evalue, /TS2322/);
    const { content } = await kernel.ask("inspect_request", { code: "console.log", cursor_pos: 11, detail_level: 0 });
    assert.match(content.data["text/plain"], /Prints to `stdout` with newline/);
    const { content: completed } = await kernel.ask("complete_request", { code: "process.arg", cursor_pos: 11 });
    assert.equal(completed.matches[0], "argv");
    assert.match((await kernel.run("(null as any).x")).content.traceback.join(), /cell \d+:1:15/);
    const worker = 'import { Worker } from "node:worker_threads"; await new Promise((done) => new Worker("require(\'worker_threads\').parentPort.postMessage(process.cwd())", { eval: true }).once("message", done))'; // prettier-ignore
    assert.equal(await shown(worker), join(__dirname, "../../notebooks"));
  },
);

test("a kernel that starts from the snapshot takes its own files from there too", WITHOUT, async () => {
  const file = join(__dirname, "../../lib/kernel/compiler/converter.ts");
  const same = `const kept = (globalThis as any)[Symbol.for("atelier.kernel")].modules; require.cache[${JSON.stringify(file)}]!.exports === kept.get(${JSON.stringify(file)}).exports`; // prettier-ignore
  assert.equal((await kernel.run(same)).of("execute_result")[0]?.data["text/plain"], "true");
  const rooms =
    'const { dirname } = await import("node:path"); [...new Set([...kept.keys()].map(dirname))].sort().join()';
  const stamped = ["../../lib/kernel", "../../lib/kernel/compiler"].map((room) => join(__dirname, room)); // whose changes are seen
  assert.equal((await kernel.run(rooms)).of("execute_result")[0]?.data["text/plain"], stamped.join());
});

/** How the first cell of a kernel ends whose launch.js lies elsewhere. */
async function firstEnd(launch: string, code: string): Promise<unknown> {
  const connection = await newConnection();
  const { file, remove } = writeConnectionFile(connection);
  const { argv, ...spec } = kernelSpec(file);
  const words = argv.map((word) => (word.endsWith("launch.js") ? launch : word));
  const started = spawnKernel({ ...spec, argv: words }, lessonsFolder, process.env);
  const client = connectKernel(connection);
  try {
    const answer = await within(60, client.request("shell", "execute_request", { code }).reply);
    return answer?.content.evalue ?? answer?.content.status;
  } finally {
    await started.end();
    client.close();
    remove();
  }
}

const SAME = `if (require("typescript") !== (globalThis as any)[Symbol.for("atelier.kernel")].ts) throw new Error("a second TypeScript")`;

test("a copy of the kernel takes a copy of the snapshot, until one of its files changes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "atelier-copy-"));
  try {
    const lib = join(__dirname, "../../lib/kernel");
    const isWanted = (name: string) => name !== join(lib, "build");
    cpSync(lib, join(folder, "kernel"), { recursive: true, preserveTimestamps: true, filter: isWanted });
    symlinkSync(join(__dirname, "../../node_modules"), join(folder, "node_modules"), "junction");
    const copy = createRequire(__filename)(join(folder, "kernel", "snapshot.ts")) as {
      snapshotPlace: typeof snapshotPlace;
    };
    assert.equal(basename(copy.snapshotPlace()), basename(snapshotPlace()));
    // Its own files are not compiled yet: TypeScript is loaded for that, beside the snapshot's.
    if (snapshotFile()) assert.equal(await firstEnd(join(folder, "kernel", "launch.js"), SAME), "ok");
    appendFileSync(join(folder, "kernel", "compiler", "converter.ts"), "\n");
    assert.notEqual(basename(copy.snapshotPlace()), basename(snapshotPlace()));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("no snapshot is used where it is not wanted, or Node has options of its own", () => {
  const before = { ...process.env };
  try {
    process.env.ATELIER_SNAPSHOT = "0";
    assert.equal(snapshotFile(), undefined);
    delete process.env.ATELIER_SNAPSHOT;
    process.env.NODE_OPTIONS = "--max-old-space-size=512";
    assert.equal(snapshotFile(), undefined);
    assert.ok(!kernelSpec("file").argv.includes("--snapshot-blob"));
  } finally {
    process.env = before;
  }
});

test(
  "the command that Jupyter keeps starts from the snapshot where there is one, and without it else",
  { skip: process.platform === "win32" },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "atelier-installed-"));
    try {
      for (const env of [process.env, { ...process.env, ATELIER_SNAPSHOT: "0" }]) {
        const connection = await newConnection();
        const { file, remove } = writeConnectionFile(connection);
        const started = spawnKernel(installedKernelSpec(file), folder, env);
        const client = connectKernel(connection);
        const code = `require("fs").writeFileSync("args", process.execArgv.join(" "))`;
        const { reply } = client.request("shell", "execute_request", { code });
        const answer = await within(60, reply);
        assert.equal(answer?.content.status, "ok", started.lastWords());
        const args = readFileSync(join(folder, "args"), "utf8");
        assert.equal(args.includes("snapshot"), env === process.env && !process.env.NODE_OPTIONS, args);
        await started.end();
        client.close();
        remove();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
