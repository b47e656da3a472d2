import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connectKernel, type KernelClient } from "../../lib/runner/kernelClient";
import { type LiveKernel, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
after(() => kernel.end());

test("what programs print that a cell starts with its own streams is printed by the cell", async () => {
  await kernel.run('import { execSync, spawn, spawnSync } from "node:child_process"; const node = process.execPath;');
  const script = "console.log('out'); console.error('err')";
  const ways = {
    spawn: `const told = await new Promise((end) => spawn(node, ["-e", "${script}"], { stdio: "inherit" }).on("close", end)); told`,
    spawnSync: `spawnSync(node, ["-e", "${script}"], { stdio: "inherit" }).status`,
    execSync: `execSync(\`"\${node}" -e "${script}"\`, { stdio: [0, 1, 2] }); 0`,
  };
  for (const [name, code] of Object.entries(ways)) {
    const { of, printed } = await kernel.run(code);
    assert.deepEqual([printed(), printed("stderr")], ["out\n", "err\n"], name);
    assert.equal(of("execute_result")[0].data["text/plain"], "0", name);
  }
});

test("programs whose output a cell takes itself are left alone", async () => {
  const { of, printed } = await kernel.run(
    `const taken = spawnSync(node, ["-e", "console.log(1); console.error(2)"], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
     const piped = spawn(node, ["-e", "console.log(3)"]);
     let text = ""; piped.stdout.on("data", (more) => (text += more));
     await new Promise((end) => piped.on("close", end));
     [taken.stdout, text]`,
  );
  assert.equal(of("execute_result")[0].data["text/plain"], "[ '1\\n', '3\\n' ]");
  assert.deepEqual([printed(), printed("stderr")], ["", "2\n"]);
});

test("a program that fails is reported once, with what it has printed", async () => {
  const script = "console.log('out'); console.error('err'); process.exit(3)";
  const { content, printed } = await kernel.run(`execSync(\`"\${node}" -e "${script}"\`, { stdio: "inherit" })`);
  assert.match(content.evalue, /^Command failed/);
  assert.deepEqual([printed(), printed("stderr")], ["out\n", "err\n"]);
});

test("threads that a cell starts print in the cell", async () => {
  const { printed } = await kernel.run(
    `import { Worker } from "node:worker_threads";
     const worker = new Worker("console.log('far'); console.error('away')", { eval: true });
     await new Promise((end) => worker.on("exit", end)); await new Promise((end) => setTimeout(end, 50));`,
  );
  assert.deepEqual([printed(), printed("stderr")], ["far\n", "away\n"]);
});

test("a line of ten million characters and a thousand pictures arrive whole", async () => {
  const line = await kernel.run('console.log("x".repeat(10_000_000));');
  assert.equal(line.printed().length, 10_000_001);
  const pictures = await kernel.run(
    'import { display } from "tslab"; for (let i = 0; i < 1000; i++) display.png(new Uint8Array([i & 255, i >> 8]));',
  );
  const shown = pictures.of("display_data").map(({ data }) => Buffer.from(data["image/png"], "base64").readUInt16LE());
  assert.deepEqual(
    shown,
    Array.from({ length: 1000 }, (_, index) => index),
  );
});

/** Asks until something published has come: a subscription takes effect in its own time, and what came before is lost. */
async function subscribed(client: KernelClient): Promise<void> {
  for (let hears = false; !hears;) {
    const { reply } = client.request("shell", "kernel_info_request", {}, () => (hears = true));
    await reply;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("two clients each get the replies and the output of their own cells, and hear of the other's", async () => {
  const second = connectKernel(kernel.connection);
  try {
    await subscribed(second);
    const heard: string[] = [];
    const other = second.request("shell", "execute_request", { code: "console.log('second'); 2" }, ({ content }) => {
      if (typeof content.text === "string") heard.push(content.text);
    });
    const own = await kernel.run("console.log('first'); 1");
    assert.equal((await other.reply).content.status, "ok");
    assert.equal(own.printed(), "first\n");
    await other.idle;
    assert.deepEqual(heard, ["second\n"]);
  } finally {
    second.close();
  }
});

test("a mistake in the grammar is marked where it is", async () => {
  const { content } = await kernel.run("const a = 1;\nlet b = = 3;");
  assert.deepEqual(content.traceback, [
    "2:9 - error TS1109: Expression expected.",
    "    let b = = 3;",
    "            ^",
  ]);
});
