import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import { eventStream } from "../../lib/demo/web/eventStream";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What is answered to a client of such blocks, and what the server knows of it. */
async function serve(makeBlocks: (signal: AbortSignal) => AsyncGenerator<string>, soon = 30) {
  const known = { ends: 0 };
  const app = new Hono();
  app.onError(({ message }, context) => context.text(message, 500));
  app.get("/", (context) => eventStream(context, makeBlocks, { soon, onEnd: () => known.ends++ }));
  return { response: await app.request("/"), known };
}

test("eventStream() answers in one piece what ends soon", async () => {
  const { response, known } = await serve(async function* () {
    yield "a";
    await pause(5);
    yield "b";
  });
  assert.equal(known.ends, 1, "all had been made before there was an answer");
  assert.deepEqual([await response.text(), response.headers.get("content-type")], ["ab", "text/event-stream; charset=utf-8"]); // prettier-ignore
  assert.equal(known.ends, 1);
});

test("eventStream() sends what has come by then, and the rest as it comes", async () => {
  for (const soon of [0, 20]) {
    const { response, known } = await serve(async function* () {
      yield "a";
      yield "b";
      await pause(60);
      yield "c";
      yield "d";
    }, soon);
    assert.equal(known.ends, 0);
    assert.equal(await response.text(), "abcd");
    assert.equal(known.ends, 1);
  }
});

test("eventStream() ends what makes the blocks when the client goes, whatever it waits for", async () => {
  for (const [soon, reads] of [
    [0, 0],
    [0, 1],
    [10, 0],
    [10, 1],
  ]) {
    // prettier-ignore
    let finished = false;
    const { response, known } = await serve(async function* (signal) {
      try {
        yield "a";
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      } finally {
        finished = true;
      }
    }, soon);
    const reader = response.body!.getReader();
    for (let read = 0; read < reads; read++) await reader.read();
    await reader.cancel();
    await pause(5);
    assert.deepEqual([finished, known.ends], [true, 1]);
  }
});

test("eventStream() counts as ended what fails, at once or later", async () => {
  const now = await serve(async function* () {
    yield* [];
    throw new Error("broken");
  });
  assert.deepEqual([now.response.status, await now.response.text(), now.known.ends], [500, "broken", 1]);
  const later = await serve(async function* () {
    yield "a";
    await pause(60);
    throw new Error("broken");
  });
  await assert.rejects(later.response.text(), { message: "broken" });
  assert.equal(later.known.ends, 1);
});
