import assert from "node:assert/strict";
import { test } from "node:test";
import { pixelsOf } from "../../lib/data/pixelsOf";
import { randomBytes } from "./samples";

const images = randomBytes(12 * 6);
const catalogue = { images, labels: new Uint8Array(12), count: 12, width: 3, height: 2 };

test("pixelsOf() gives the pictures in the order of their ids, which may be text", () => {
  const wanted = [11, 0, 11].flatMap((id) => [...images.subarray(id * 6, id * 6 + 6)]);
  assert.deepEqual([...pixelsOf(catalogue, [11, "0", "11"])], wanted);
  assert.equal(pixelsOf(catalogue, []).length, 0);
});

test("pixelsOf() refuses an id that is no picture's", () => {
  for (const id of [12, -1, 1.5, "coat"])
    assert.throws(() => pixelsOf(catalogue, [0, id]), {
      name: "RangeError",
      message: `takeImages(): index ${Number(id)} is not one of 0 to 11; take indices of this very set`,
    });
});
