import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../lib/random";
import { augmentImage, type Augmentation } from "../../lib/vision/augment";

const EDGE = 28;

/** A picture in which every pixel is another. */
const distinct = Float32Array.from({ length: EDGE * EDGE }, (_, i) => (i + 1) / (EDGE * EDGE));

function changed(augmentation: Augmentation, seed: number): Float32Array {
  const pixels = distinct.slice();
  augmentImage(pixels, augmentation, seededRandom(seed));
  return pixels;
}

/** The picture by its definition: what lies at a place of the old one, black outside. */
const built = (from: (row: number, column: number) => [number, number]) =>
  Float32Array.from({ length: EDGE * EDGE }, (_, i) => {
    const [row, column] = from(Math.floor(i / EDGE), i % EDGE);
    return row < 0 || column < 0 || row >= EDGE || column >= EDGE ? 0 : distinct[row * EDGE + column];
  });

test("augmentImage() leaves a picture as it is, and its generator too, unless told otherwise", () => {
  const random = seededRandom(1);
  const pixels = distinct.slice();
  augmentImage(pixels, {}, random);
  assert.deepEqual([pixels, random.state()], [distinct, seededRandom(1).state()]);
});

test("augmentImage() mirrors every second picture", () => {
  const mirrored = built((row, column) => [row, EDGE - 1 - column]);
  const pictures = Array.from({ length: 400 }, (_, seed) => changed({ flip: true }, seed));
  const count = pictures.filter((picture) => Buffer.from(picture.buffer).equals(Buffer.from(mirrored.buffer))).length;
  assert.ok(count > 160 && count < 240, `${count} of 400`);
  assert.equal(pictures.filter((picture) => picture[0] === distinct[0]).length, 400 - count);
});

test("augmentImage() cuts a window out of the padded picture, each as likely as the others", () => {
  const seen = new Map<string, number>();
  for (let seed = 0; seed < 2500; seed++) {
    const picture = changed({ crop: 2 }, seed);
    const place = distinct.indexOf(picture[14 * EDGE + 14]);
    const [down, right] = [14 - Math.floor(place / EDGE), 14 - (place % EDGE)];
    if (!seen.has(`${down} ${right}`))
      assert.deepEqual(
        picture,
        built((row, column) => [row - down, column - right]),
      );
    seen.set(`${down} ${right}`, (seen.get(`${down} ${right}`) ?? 0) + 1);
  }
  assert.equal(seen.size, 25);
  for (const count of seen.values()) assert.ok(count > 60 && count < 145, `${count} of 2500`);
});

test("augmentImage() fills one rectangle with noise, of the share and the sides that the paper has", () => {
  const shares: number[] = [];
  for (let seed = 0; seed < 500; seed++) {
    const picture = changed({ erase: 1 }, seed);
    const places = Array.from(picture.keys()).filter((i) => picture[i] !== distinct[i]);
    const [rows, columns] = [places.map((i) => Math.floor(i / EDGE)), places.map((i) => i % EDGE)];
    const [height, width] = [rows, columns].map((all) => Math.max(...all) - Math.min(...all) + 1);
    assert.equal(places.length, height * width, "all of a rectangle, and nothing else");
    assert.ok(height / width > 0.2 && height / width < 5, `${height} x ${width}`);
    assert.ok(places.every((i) => picture[i] >= 0 && picture[i] < 1));
    shares.push(places.length / (EDGE * EDGE));
  }
  assert.ok(Math.min(...shares) > 0.01 && Math.max(...shares) < 0.45, `${Math.min(...shares)} ${Math.max(...shares)}`);
  const some = Array.from({ length: 400 }, (_, seed) => changed({ erase: 0.25 }, seed));
  const erased = some.filter((picture) => picture.some((value, i) => value !== distinct[i])).length;
  assert.ok(erased > 65 && erased < 135, `${erased} of 400`);
});
