import assert from "node:assert/strict";
import { test } from "node:test";
import { newCalls } from "../../lib/demo/gradio/calls";
import type { Endpoint } from "../../lib/demo/gradio/endpoint";
import type { Message } from "../../lib/demo/gradio/messages";
import { newOutbox } from "../../lib/demo/gradio/outbox";
import { newFiles } from "../../lib/demo/web/files";
import { LIMITS } from "../../lib/demo/web/limits";
import { newQueue } from "../../lib/demo/work/queue";

const never = new AbortController().signal;

/** Lets what is promised already happen, but no timer. */
const promises = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

const settle = () => new Promise((resolve) => setImmediate(resolve));

function echo(run: Endpoint["run"]): Endpoint {
  return { name: "echo", description: "", inputs: [{ name: "text", type: "text" }], outputs: [{ type: "text" }], queue: newQueue(), run }; // prettier-ignore
}

const files = () => newFiles({ folder: "a", bytes: 1e6, time: 1e6 });
const context = { uploads: files(), made: files(), limits: LIMITS, addressOf: (path: string) => path };

test("newOutbox().next() gives the unread in order, waits for a message, but not where it has no time", async () => {
  const outbox = newOutbox<string>();
  outbox.push("first");
  outbox.push("second");
  assert.deepEqual([await outbox.next(never, 0), await outbox.next(never, 0)], ["first", "second"]);
  let answer: unknown = "none yet";
  void outbox.next(never, 0).then((message) => (answer = message));
  await promises();
  assert.equal(answer, undefined, "a timer, even of no time, takes a millisecond");
  const later = outbox.next(never, 60_000);
  outbox.push("third");
  assert.equal(await later, "third");
  assert.equal(await outbox.next(never, 5), undefined);
});

test("newCalls().join() gives the id before the work begins, and the messages end with the call", async () => {
  const calls = newCalls({ sessions: 10, unreadBytes: 1000 }, assert.fail);
  let begun = false;
  const endpoint = echo(async (values) => {
    begun = true;
    return values;
  });
  const id = calls.join({ endpoint, data: ["hello"], context });
  await promises();
  assert.equal(begun, false, "the client waits for its id while the work is done");
  await settle();
  await promises();
  assert.equal(begun, true);
  const seen: Message[] = [];
  let ended = false;
  void (async () => {
    for await (const message of calls.messages(id, { signal: never })) seen.push(message);
    ended = true;
  })();
  await promises();
  assert.deepEqual(seen.map(({ msg }) => msg), ["estimation", "process_starts", "process_completed", "close_stream"]); // prettier-ignore
  assert.equal(ended, true);
});

test("newCalls().cancel() also ends a call that has its turn but has not begun", async () => {
  const calls = newCalls({ sessions: 10, unreadBytes: 1000 }, assert.fail);
  const id = calls.join({ endpoint: echo(() => assert.fail("it was cancelled")), data: ["hello"], context });
  calls.cancel(id);
  const messages: Message[] = [];
  for await (const message of calls.messages(id, { signal: never })) messages.push(message);
  const last = messages.at(-2);
  assert.deepEqual(last, { msg: "process_completed", event_id: id, success: false, output: { error: "The call was cancelled.", title: "Cancelled", visible: true, duration: 10 } }); // prettier-ignore
});

test("newCalls().quiet() lets a client see that its stream has ended before it hears of another call", async () => {
  const calls = newCalls({ sessions: 10, unreadBytes: 1000 }, assert.fail);
  await calls.quiet("a");
  const call = () => calls.join({ endpoint: echo(async (values) => values), data: ["hello"], context, session: "a" });
  call();
  const told: string[] = [];
  for await (const { msg } of calls.messages("a", { signal: never, grace: 10 })) told.push(msg);
  assert.equal(told.at(-1), "close_stream");
  const awake = setInterval(() => {}, 100); // the wait alone keeps no process
  let isQuiet = false;
  const quiet = calls.quiet("a").then(() => (isQuiet = true));
  await calls.quiet("b");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(isQuiet, false);
  await quiet;
  await calls.quiet("a");
  clearInterval(awake);
});
