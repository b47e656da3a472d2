import assert from "node:assert/strict";
import { test } from "node:test";
import { newPace } from "../../lib/notebook/pace";

/** The times at which actions of `cost` milliseconds pass, asked every 10 milliseconds for two seconds. */
function passed(cost: number): number[] {
  let time = 0;
  const times: number[] = [];
  const inPace = newPace(300, () => time);
  for (let tick = 0; tick <= 2000; tick += 10) {
    time = Math.max(time, tick);
    inPace(() => {
      times.push(time);
      time += cost;
    });
  }
  return times;
}

test("newPace() lets the first action pass, then one in each interval", () => {
  assert.deepEqual(passed(0), [0, 300, 600, 900, 1200, 1500, 1800]);
  assert.deepEqual(passed(6), [0, 300, 600, 900, 1200, 1500, 1800]);
});

test("newPace() keeps slow actions to a fiftieth of the time", () => {
  assert.deepEqual(passed(20), [0, 1000, 2000]);
});
