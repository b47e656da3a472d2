import assert from "node:assert/strict";
import { test } from "node:test";
import { newInterruptible } from "../../lib/kernel/interruptible";
import { MAY_BREAK, PLACE } from "../../lib/kernel/io/link";

const places = () => new Int32Array(Object.keys(PLACE).length);

test("the other thread knows which request's code has not come to its first await, and since when", async () => {
  const state = places();
  const before = Date.now() | 0;
  const seen: number[] = [];
  await newInterruptible(state).allow(7, async () => {
    seen.push(state[PLACE.unbroken], (state[PLACE.since] - before) | 0);
    await null;
    seen.push(state[PLACE.unbroken]);
  });
  const [unbroken, since, later] = seen;
  assert.deepEqual([unbroken, later, state[PLACE.unbroken]], [7, 0, 0]);
  assert.ok(since >= 0 && since < 10_000, `it began ${since} ms after the clock was read`);
});

test("code that throws, or was broken off, keeps the thread no longer", async () => {
  const state = places();
  const interruptible = newInterruptible(state);
  await assert.rejects(
    interruptible.allow(1, () => {
      throw new Error("wrong");
    }),
  );
  assert.equal(state[PLACE.unbroken], 0);
  state[PLACE.unbroken] = 2; // no finally block runs in what is broken off
  interruptible.end(1);
  assert.equal(state[PLACE.unbroken], 2, "another request's code still runs");
  interruptible.end(2);
  assert.deepEqual([state[PLACE.unbroken], state[PLACE.interruptible]], [0, MAY_BREAK.late]);
});
