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

/** What both kernels tell alike: no times, ids by their order, and one root of all paths. */
function comparable(messages: SeenMessage[]) {
  const plain = messages.map(({ header, content, metadata, buffers = [] }) => {
    return { type: header.msg_type, content, metadata, buffers: buffers.map((bytes) => Array.from(bytes)) };
  });
  const streams = ["stdout", "stderr"].map((name) =>
    plain.flatMap(({ type, content }) => (type === "stream" && content.name === name ? [content.text] : [])).join(""),
  );
  const others = plain.filter(({ type }) => type !== "stream" && !type.endsWith("_reply"));
  const replies = plain.filter(({ type }) => type.endsWith("_reply"));
  const text = JSON.stringify({ others, streams, replies });
  const ids: string[] = [];
  const numbered = text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    if (!ids.includes(id)) ids.push(id);
    return `id ${ids.indexOf(id)}`;
  });
  return JSON.parse(numbered.replaceAll(projectRoot, VIRTUAL_ROOT).replace(/"[0-9a-f]{64}"/g, '"a sum"'));
}

/** What the tab and Node tell, in this order. */
async function heard(type: string, content: object): Promise<SeenMessage[][]> {
  const [{ reply, published }, seen] = await Promise.all([node.ask(type, content), tab.ask(type, content)]);
  return [seen, [...published, reply]] as SeenMessage[][];
}

async function both(type: string, content: object) {
  return (await heard(type, content)).map(comparable);
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

const WIDGETS = `import { slider } from "./lib/widgets/slider";
import { draw } from "./lib/widgets/draw";
import { interact } from "./lib/widgets/interact";
const weeks = slider({ label: "Weeks", min: 1, max: 26, value: 8 });
const pad = draw({ width: 2, height: 2, value: Uint8Array.of(0, 1, 2, 255) });
interact((at) => at.weeks * 2, { weeks })`;
const VIEW = "application/vnd.jupyter.widget-view+json";
const viewIn = (seen: SeenMessage[]): string => seen.flatMap(({ content }) => content.data?.[VIEW]?.model_id ?? [])[0];

test(
  "in a tab as in Node: widgets are opened with their states and bytes, moved, and told what they show",
  { skip },
  async () => {
    const shown = await heard("execute_request", { code: WIDGETS });
    const opened = comparable(shown[0]);
    assert.deepEqual(opened, comparable(shown[1]));
    assert.ok(opened.others.some(({ type }: { type: string }) => type === "comm_open"));
    const [inTab, inNode] = shown.map(viewIn);
    const move = { data: { method: "update", state: { value: 21 }, buffer_paths: [] } };
    const wanted: SeenMessage[] = [];
    const onMessage = (message: unknown) => wanted.push(message as SeenMessage);
    await node.client.request("shell", "comm_msg", { comm_id: inNode, ...move }, onMessage).idle;
    const seen = await tab.ask("comm_msg", { comm_id: inTab, ...move });
    assert.deepEqual(comparable(seen), comparable(wanted));
    assert.deepEqual(seen[1].content.data, { method: "echo_update", state: { value: 21 }, buffer_paths: [] });
    const isTold = 'all.some(({ header, content }) => header.msg_type === "update_display_data" && content.data["text/plain"] === "42")'; // prettier-ignore
    await tab.page.waitForFunction(isTold);
    const [value, valueInNode] = await both("execute_request", { code: "weeks.value" });
    assert.deepEqual(value, valueInNode);
  },
);

test("in a tab, bytes of a drawing come to its kernel", { skip }, async () => {
  const [inTab, inNode] = await heard("execute_request", { code: "pad" });
  assert.deepEqual(comparable(inTab), comparable(inNode));
  const data = { method: "update", state: {}, buffer_paths: [["value"]] };
  await tab.ask("comm_msg", { comm_id: viewIn(inTab), data }, { buffers: [[1, 2, 3, 254]] });
  const seen = await tab.ask("execute_request", { code: "[...pad.value].join()" });
  assert.ok(seen.some(({ content }) => content.data?.["text/plain"] === "1,2,3,254"));
});

const CELLS_TO_READ = [
  { id: "a", text: 'import { seededRandom } from "./lib/random";\nconst size = 2;' },
  { id: "b", text: "const text: string = size;\nseededRandom(size).un" },
];

test("in a tab as in Node: the language service answers, also while a cell runs", { skip }, async () => {
  const loop = "for (const end = Date.now() + 3000; Date.now() < end; );";
  const running = tab.ask("execute_request", { code: loop });
  const questions = [
    { method: "messages" },
    { method: "definition", cell: "b", at: { line: 0, character: 22 } },
    { method: "hover", cell: "b", at: { line: 1, character: 3 } },
    { method: "completions", cell: "b", at: { line: 1, character: 21 } },
    { method: "rename", cell: "a", at: { line: 1, character: 7 }, newName: "amount" },
    { method: "rename", cell: "a", at: { line: 1, character: 7 }, newName: "text" },
    { method: "fly" },
  ];
  for (const question of questions) {
    const content = { ...question, cells: CELLS_TO_READ };
    const [seen, reply] = await Promise.all([
      tab.ask("language_request", content, { channel: "control" }),
      node.client.request("control", "language_request", content).reply,
    ]);
    assert.deepEqual(comparable(seen), comparable([reply as unknown as SeenMessage]), question.method);
  }
  await running;
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
