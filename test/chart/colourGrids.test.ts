import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { heatGrid } from "../../lib/chart/heatGrid";
import { signedGrid } from "../../lib/chart/signedGrid";

/** Red, green and blue of the middle of each quarter of a figure's first picture of 2 x 2 pixels. */
async function quarters({ layout }: ReturnType<typeof heatGrid>): Promise<number[][]> {
  const png = Buffer.from(layout.images![0].source.split(",")[1], "base64");
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  assert.equal(info.channels, 3);
  const [near, far] = [info.width / 4, (3 * info.width) / 4].map(Math.floor);
  const at = (x: number, y: number) => [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)];
  return [at(near, near), at(far, near), at(near, far), at(far, far)];
}

const small = { width: 2, height: 2 };

test("heatGrid() leaves cold pixels grey and lays red over hot ones, the more the hotter", async () => {
  const [cold, warm, hot, hotter] = await quarters(heatGrid([0, 0, 0, 1], [0, 0.5, 1, 7], small));
  assert.deepEqual(cold, [255, 255, 255]);
  assert.deepEqual(warm, [240, 187, 175]);
  assert.deepEqual(hot, [224, 119, 95]);
  assert.deepEqual(hotter, [164, 59, 35]); // no more than full heat, over a dark pixel
});

test("heatGrid() has the titles as captions, and refuses what does not fit", () => {
  const figure = heatGrid([0, 0, 0, 1], [0, 0, 1, 1], { ...small, titles: ["a < b"] });
  assert.equal(figure.layout.annotations![0].text, "a &lt; b");
  assert.throws(() => heatGrid([0, 0, 0, 1], [0], small), {
    name: "TypeError",
    message: "heatGrid(): 1 values of heat for 4 pixels; give one for each",
  });
  assert.throws(() => heatGrid([0, 0, 0, 1], [0, 0, 0, 0], { ...small, titles: [] }), {
    name: "RangeError",
    message: "heatGrid(): 0 titles for 1 images; give one for each image",
  });
});

test("signedGrid() is red above zero, blue below, white at zero, and has one scale for all pictures", async () => {
  const [red, blue, white, pale] = await quarters(signedGrid(Float32Array.of(2, -2, 0, 1), small));
  assert.deepEqual([red, blue, white], [[214, 73, 42], [31, 128, 192], [255, 255, 255]]); // prettier-ignore
  assert.deepEqual(pale, [235, 164, 149]);
  const two = signedGrid(Float32Array.of(1, 1, 1, 1, 0, 0, 0, 4), small);
  assert.deepEqual((await quarters(two))[0], [245, 210, 202]);
  assert.equal(two.layout.images!.length, 2);
  assert.throws(() => signedGrid(new Float32Array(3), small), { name: "TypeError" });
});
