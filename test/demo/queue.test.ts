import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { newBatcher } from "../../lib/demo/work/batcher";
import { newQueue, type Place } from "../../lib/demo/work/queue";

/** A promise that is fulfilled from outside. */
function gate<T = void>() {
  let open!: (value: T) => void;
  const passed = new Promise<T>((resolve) => (open = resolve));
  return { passed, open };
}

const awake = setInterval(() => {}, 1000); // a job that never ends keeps no process
after(() => clearInterval(awake));

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("newQueue()", () => {
  test("runs so many at a time, the others in order, and tells each its place", async () => {
    const queue = newQueue({ running: 2 });
    const gates = Array.from({ length: 5 }, () => gate());
    const begun: number[] = [];
    const places: number[][] = gates.map(() => []);
    const jobs = gates.map(({ passed }, i) =>
      queue.run(
        () => {
          begun.push(i);
          return passed.then(() => i);
        },
        { onPlace: ({ rank }) => places[i].push(rank) },
      ),
    );
    await settle();
    assert.deepEqual([begun, queue.waiting], [[0, 1], 3]);
    gates[1].open();
    await settle();
    assert.deepEqual(begun, [0, 1, 2]);
    for (const { open } of gates) open();
    assert.deepEqual(await Promise.all(jobs), [0, 1, 2, 3, 4]);
    assert.deepEqual(places, [[], [], [0], [1, 0], [2, 1, 0]]);
  });

  test("refuses at once when too many wait, with the time after which it is worth another try", async () => {
    const queue = newQueue({ running: 1, waiting: 1 });
    const { passed, open } = gate();
    const jobs = [queue.run(() => passed), queue.run(() => passed)];
    await assert.rejects(queue.run(() => passed), { status: 503, code: "queue_full", retryAfter: 1, message: "The queue is full: 1 calls are waiting. Try again in 1 s." }); // prettier-ignore
    assert.throws(() => queue.admit(), { code: "queue_full" });
    open();
    await Promise.all(jobs);
    assert.equal(await queue.run(() => "free"), "free");
  });

  test("ends a job that takes too long, tells it so, and goes on", async () => {
    const queue = newQueue({ time: 20 });
    let reason: Error | undefined;
    const job = (signal: AbortSignal) =>
      new Promise<void>(() => signal.addEventListener("abort", () => (reason = signal.reason)));
    const over = { status: 504, code: "time_limit", message: "The call took longer than 0.02 s and was stopped." };
    await assert.rejects(queue.run(job), over);
    assert.equal(reason?.message, over.message);
    assert.equal(await queue.run(() => 1), 1);
  });

  test("keeps the place of a job that nobody waits for any more until it has ended", async () => {
    const queue = newQueue({ time: 1000 });
    const { passed, open } = gate();
    const controller = new AbortController();
    const given = queue.run(() => passed, { signal: controller.signal });
    controller.abort();
    await assert.rejects(given, { code: "cancelled" });
    let begun = false;
    const next = queue.run(() => (begun = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(begun, false);
    open();
    assert.equal(await next, true);
  });

  test("lets a job be cancelled while it waits and while it runs", async () => {
    const queue = newQueue({ time: 50 });
    const running = new AbortController();
    const waiting = new AbortController();
    const first = queue.run(() => new Promise(() => {}), { signal: running.signal });
    const second = queue.run(() => assert.fail("it was cancelled"), { signal: waiting.signal });
    const places: Place[] = [];
    const third = queue.run(() => "third", { onPlace: (place) => places.push(place) });
    const cancelled = { status: 499, code: "cancelled", message: "The call was cancelled." };
    waiting.abort();
    await assert.rejects(second, cancelled);
    running.abort();
    await assert.rejects(first, cancelled);
    assert.equal(await third, "third");
    assert.deepEqual(places.map(({ rank, waiting: count }) => [rank, count]), [[1, 2], [0, 1]]); // prettier-ignore
    await assert.rejects(
      queue.run(() => 1, { signal: running.signal }),
      cancelled,
    );
  });

  test("passes on what a job throws, now or later, and is not held up by it", async () => {
    const queue = newQueue();
    await assert.rejects(queue.run(() => { throw new TypeError("now"); }), { message: "now" }); // prettier-ignore
    await assert.rejects(
      queue.run(() => Promise.reject(new Error("later"))),
      { message: "later" },
    );
    assert.equal(await queue.run(() => 1), 1);
  });

  test("refuses all when it is closed", async () => {
    const queue = newQueue();
    const jobs = [queue.run(() => new Promise(() => {})), queue.run(() => 1)];
    queue.close();
    for (const job of [...jobs, queue.run(() => 1)])
      await assert.rejects(job, { status: 503, message: "The server is stopping." });
  });
});

describe("newBatcher()", () => {
  const double = (sizes: number[]) => async (rows: Float32Array) => {
    sizes.push(rows.length / 2);
    await settle();
    return rows.map((value) => 2 * value);
  };

  test("answers each row its own, many by one call, at most so many at once", async () => {
    const sizes: number[] = [];
    const ask = newBatcher(double(sizes), { most: 4 });
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => ask(Float32Array.of(i, -i))));
    assert.deepEqual(answers.map((row) => [...row]), Array.from({ length: 10 }, (_, i) => [2 * i, -2 * i])); // prettier-ignore
    assert.deepEqual(sizes, [4, 4, 2]);
    await ask(Float32Array.of(1, 1));
    assert.deepEqual(sizes, [4, 4, 2, 1]);
  });

  test("waits for company where it is told to", async () => {
    const sizes: number[] = [];
    const ask = newBatcher(double(sizes), { wait: 30 });
    const first = ask(Float32Array.of(1, 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([first, ask(Float32Array.of(2, 2))]);
    assert.deepEqual(sizes, [2]);
  });

  test("tells every row of a call that fails, and works on", async () => {
    let fails = true;
    const ask = newBatcher(async (rows) => {
      if (fails) throw new Error("no memory");
      return rows;
    });
    const answers = await Promise.allSettled([ask(Float32Array.of(1)), ask(Float32Array.of(2))]);
    assert.deepEqual(answers.map((answer) => answer.status === "rejected" && answer.reason.message), ["no memory", "no memory"]); // prettier-ignore
    fails = false;
    assert.deepEqual([...(await ask(Float32Array.of(3)))], [3]);
  });
});
