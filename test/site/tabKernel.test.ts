import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { projectRoot } from "../../lib/files";
import { VIRTUAL_ROOT } from "../../lib/site/virtualRoot";
import { skip } from "../browser";
import { type LiveKernel, startLiveKernel } from "../kernel/liveKernel";
import { CELLS, QUESTIONS } from "./cells";
import { type SeenMessage, startTabKernel, type TabKernel } from "./tabKernel";

let node: LiveKernel;
let tab: TabKernel;

before(async () => {
  if (!skip) [node, tab] = await Promise.all([startLiveKernel(), startTabKernel()]);
});

after(async () => {
  if (!skip) await Promise.all([node.end(), tab.end()]);
});

/** What both kernels tell alike: no times, no ids, and one root of all paths. */
function comparable(messages: SeenMessage[]) {
  const plain = messages.map(({ header, content, metadata }) => ({ type: header.msg_type, content, metadata }));
  const streams = ["stdout", "stderr"].map((name) =>
    plain.flatMap(({ type, content }) => (type === "stream" && content.name === name ? [content.text] : [])).join(""),
  );
  const others = plain.filter(({ type }) => type !== "stream" && !type.endsWith("_reply"));
  const replies = plain.filter(({ type }) => type.endsWith("_reply"));
  const text = JSON.stringify({ others, streams, replies });
  return JSON.parse(text.replaceAll(projectRoot, VIRTUAL_ROOT).replace(/"[0-9a-f]{64}"/g, '"a sum"'));
}

async function both(type: string, content: object) {
  const [{ reply, published }, seen] = await Promise.all([node.ask(type, content), tab.ask(type, content)]);
  return [seen, [...published, reply] as unknown as SeenMessage[]].map(comparable);
}

for (const [name, cells] of Object.entries(CELLS))
  test(`in a tab as in Node: ${name}`, { skip }, async () => {
    for (const code of cells) {
      const [seen, wanted] = await both("execute_request", { code });
      assert.deepEqual(seen, wanted, code);
    }
  });

for (const [name, { type, content }] of Object.entries(QUESTIONS))
  test(`in a tab as in Node: ${name}`, { skip }, async () => {
    const [seen, wanted] = await both(type, content);
    assert.deepEqual(seen, wanted);
  });

test("a package that is missing: a tab says that it can install none", { skip }, async () => {
  for (const code of ['import nope from "no-such-package"', 'require("no-such-package")']) {
    const seen = await tab.ask("execute_request", { code });
    const { content } = seen.find(({ header }) => header.msg_type === "error")!;
    assert.match(content.traceback.join("\n"), /A browser tab has no package no-such-package and can install none\./);
  }
});

const interrupted = async (code: string) => {
  const asked = tab.ask("execute_request", { code });
  await new Promise((resolve) => setTimeout(resolve, 300)); // it has begun
  await tab.page.evaluate("kernel.interrupt()");
  return (await asked).find(({ header }) => header.msg_type === "execute_reply")!.content;
};

test("an interrupt ends a cell that awaits, and its variables stay", { skip }, async () => {
  await tab.ask("execute_request", { code: "const stays = 1" });
  const { ename, evalue } = await interrupted("await new Promise(() => {})");
  assert.deepEqual([ename, evalue], ["KeyboardInterrupt", "the cell was interrupted"]);
  const seen = await tab.ask("execute_request", { code: "stays" });
  assert.ok(seen.some(({ content }) => content.data?.["text/plain"] === "1"));
});

test("an interrupt ends a loop that never awaits with a new kernel, and says so", { skip }, async () => {
  const { ename, evalue } = await interrupted("for (;;);");
  assert.equal(ename, "KeyboardInterrupt");
  assert.match(evalue, /the kernel had to start anew; its variables are gone/);
  const seen = await tab.ask("execute_request", { code: "typeof stays + 1" });
  assert.match(seen.find(({ header }) => header.msg_type === "error")!.content.evalue, /Cannot find name 'stays'/);
  const again = await tab.ask("execute_request", { code: "1 + 1" });
  assert.ok(again.some(({ content }) => content.data?.["text/plain"] === "2"));
});
