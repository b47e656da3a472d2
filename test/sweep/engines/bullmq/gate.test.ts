import assert from "node:assert/strict";
import { test } from "node:test";
import { gate } from "../../../../lib/sweep/engines/bullmq/gate";

test("gate() lets so many run at a time, in order, also after one that fails", async () => {
  const turn = gate(2);
  let [running, most] = [0, 0];
  const begun: number[] = [];
  const action = async (number: number) => {
    most = Math.max(most, ++running);
    begun.push(number);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    if (number === 0) throw new Error("first");
    return number;
  };
  const ends = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => turn(() => action(number))));
  assert.deepEqual(begun, [0, 1, 2, 3, 4]);
  assert.equal(most, 2);
  assert.deepEqual(ends.map(({ status }) => status), ["rejected", ...Array(4).fill("fulfilled")]); // prettier-ignore
});
