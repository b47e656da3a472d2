import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { tmpdir } from "node:os";
import { type LiveKernel, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel(tmpdir());
});
after(() => kernel.end());

/** The reply to a question, and the types of what was published about it. */
async function ask(question: object) {
  const published: string[] = [];
  const { reply } = kernel.client.request("control", "language_request", question, ({ header }) => published.push(header.msg_type)); // prettier-ignore
  return { content: (await reply).content, published };
}

const cells = [
  { id: "a", text: "const size = 2" },
  { id: "b", text: "const text: string = size" },
];

test("the kernel answers questions about a notebook as it is written, also while a cell runs, and is not busy with them", async () => {
  const loop = kernel.run("for (;;) ;");
  const { content, published } = await ask({ method: "messages", cells });
  const { a, b } = content.result as Record<string, { text: string }[]>;
  assert.deepEqual([a, b.map(({ text }) => text)], [[], ["Type 'number' is not assignable to type 'string'."]]);
  assert.deepEqual(published, []);
  await kernel.ask("interrupt_request", {}, "control");
  assert.equal((await loop).content.status, "error");
  const { content: found } = await ask({ method: "definition", cells, cell: "b", at: { line: 0, character: 22 } });
  assert.equal((found.result as { cell: string }[])[0].cell, "a");
});

test("a question that cannot be answered is refused, and the next one is answered", async () => {
  const refused = async (question: object) => (await ask(question)).content.evalue;
  assert.equal(await refused({ method: "messages" }), "language_request: cells must be a list of { id, text }");
  assert.equal(await refused({ method: "fly", cells }), 'There is no question "fly"');
  const at = { line: 0, character: 6 };
  assert.match(
    String(await refused({ method: "rename", cells, cell: "a", at, newName: "text" })),
    /cell 2 has that name/,
  );
  assert.equal((await ask({ method: "hover", cells, cell: "a", at })).content.status, "ok");
});
