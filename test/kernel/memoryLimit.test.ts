import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryLimit } from "../../lib/kernel/io/memoryLimit";
import { within } from "../../lib/runner/within";
import type { Message } from "../../lib/runner/wire";
import { startLiveKernel, until } from "./liveKernel";

const MEGABYTE = 1e6;

test("memoryLimit() is what JupyterHub sets, or none", () => {
  assert.equal(memoryLimit({ MEM_LIMIT: "1073741824" }), 1073741824);
  for (const none of [undefined, "", "0", "1G", "-5", "Infinity"])
    assert.equal(memoryLimit({ MEM_LIMIT: none }), undefined);
});

test(
  "a kernel that takes all memory of its server ends with a word of why; another kernel of that server goes on",
  { skip: process.platform !== "linux" && "only Linux tells what other processes use" },
  async () => {
    const limit = process.memoryUsage.rss() + 900 * MEGABYTE; // this process stands for the server
    const env = { MEM_LIMIT: String(limit) };
    const [hungry, quiet] = await Promise.all([startLiveKernel(undefined, env), startLiveKernel(undefined, env)]);
    try {
      assert.equal((await quiet.run("const kept = 5; console.log(kept)")).printed(), "5\n");
      const failed = await hungry.run(
        "const filled: Float64Array[] = []; console.log('begun'); while (true) filled.push(new Float64Array(1e6).fill(1));",
      );
      assert.deepEqual([failed.content.status, failed.content.ename], ["error", "MemoryLimitError"]);
      assert.match(failed.content.evalue, /^your notebooks may use [\d.]+ GB of memory and used [\d.]+ GB, this one [\d.]+ GB: this kernel was ended/); // prettier-ignore
      assert.deepEqual([failed.printed(), failed.of("error")[0].ename], ["begun\n", "MemoryLimitError"]);
      assert.equal(await within(5, hungry.process.exited), "signal SIGKILL");
      assert.equal((await quiet.run("console.log(kept + 1)")).printed(), "6\n");
    } finally {
      await Promise.all([hungry.end(), quiet.end()]);
    }
  },
);

test("a kernel whose memory is taken by what a cell has left behind says so below that cell", async () => {
  const kernel = await startLiveKernel(undefined, { MEM_LIMIT: String(process.memoryUsage.rss() + 600 * MEGABYTE) });
  try {
    const left = "const more: Float64Array[] = []; setInterval(() => more.push(new Float64Array(2e6).fill(1)), 5);";
    const { published } = await kernel.run(left);
    assert.equal(await within(20, kernel.process.exited), "signal SIGKILL");
    const isWord = ({ header }: Message) => header.msg_type === "stream";
    await until(() => published.some(isWord));
    assert.match(String(published.find(isWord)?.content.text), /^MemoryLimitError: your notebooks may use /);
  } finally {
    await kernel.end();
  }
});
