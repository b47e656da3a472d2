import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "@jupyterlab/notebook";
import { newCellRuns } from "../../../lib/lab/extension/cellRuns";

const uses = { reads: [], writes: ["a"], changes: [], acts: false };

function request(id: string, cellId: string, code: string): Message {
  return { header: { msg_id: id, msg_type: "execute_request" }, parent_header: {}, metadata: { cellId }, content: { code } }; // prettier-ignore
}

function reply(id: string, content: object, metadata: object = uses): Message {
  const header = { msg_id: `${id}-reply`, msg_type: "execute_reply" };
  return { header, parent_header: { msg_id: id }, metadata: { ...metadata }, content: { ...content } };
}

test("newCellRuns() joins the requests of cells with their replies", () => {
  const runs = newCellRuns();
  assert.equal(runs.hear(request("m1", "one", "let a"), "send"), false);
  assert.equal(runs.of("one"), undefined);
  assert.equal(runs.hear(reply("m1", { status: "ok", execution_count: 7 }), "recv"), true);
  assert.deepEqual(runs.of("one"), { order: 1, count: 7, source: "let a", uses });
  runs.hear(request("m2", "one", "let"), "send");
  runs.hear(reply("m2", { status: "error", execution_count: 8 }, {}), "recv");
  assert.deepEqual(runs.of("one"), { order: 2, count: 8, source: "let", uses: undefined });
  runs.forget();
  assert.equal(runs.of("one"), undefined);
});

test("newCellRuns() passes over cells that were not run, and over what is not of a cell", () => {
  const runs = newCellRuns();
  runs.hear(request("m1", "one", "1"), "send");
  assert.equal(runs.hear(reply("m1", { status: "aborted" }, {}), "recv"), false);
  assert.equal(runs.hear(reply("m2", { status: "ok" }), "recv"), false);
  assert.equal(runs.of("one"), undefined);
});
