import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import sharp from "sharp";
import { loadFashionMnist } from "../../lib/data/fashionMnist";
import { areaAverage } from "../../lib/demo/photo/areaAverage";
import { decodePhoto } from "../../lib/demo/photo/decodePhoto";
import { FORM_EDGE, toFashionForm } from "../../lib/demo/photo/fashionForm";
import { toGrey } from "../../lib/demo/photo/photo";

const COUNT = 300;
let images: Uint8Array;
before(async () => {
  images = (await loadFashionMnist()).test.images.subarray(0, COUNT * 784);
});

const picture = (place: number) => images.slice(place * 784, (place + 1) * 784);

type Colour = [number, number, number];

interface Scene {
  /** How many times as large. */
  scale: number;
  ground: Colour;
  thing: Colour;
  /** Room around it. */
  room: [number, number, number, number];
  format: "png" | "jpeg" | "webp";
  orientation?: 6 | 3;
  /** Levels by which pixels differ by chance. */
  noise?: number;
}

/** A picture of the test set as somebody might photograph it. */
async function stage(levels: Uint8Array, { scale, ground, thing, room, format, orientation, noise = 0 }: Scene) {
  const size = 28 * scale;
  const raw = { width: 28, height: 28, channels: 1 as const };
  const large = await sharp(levels, { raw }).resize(size, size).greyscale().raw().toBuffer();
  const coloured = Buffer.alloc(size * size * 3);
  for (let i = 0; i < coloured.length; i++) {
    const [from, to] = [ground[i % 3], thing[i % 3]];
    coloured[i] = Math.max(0, Math.min(255, from + ((to - from) * large[Math.floor(i / 3)]) / 255 + noise * (((i * 7919) % 13) / 6 - 1))); // prettier-ignore
  }
  const [left, right, top, bottom] = room;
  const [r, g, b] = ground;
  const placed = await sharp(coloured, { raw: { width: size, height: size, channels: 3 } })
    .extend({ left, right, top, bottom, background: { r, g, b } })
    .png()
    .toBuffer();
  const turned = sharp(placed).rotate(orientation === 6 ? 270 : orientation === 3 ? 180 : 0);
  const made = turned.toFormat(format, { quality: 85 });
  return (orientation ? made.withMetadata({ orientation }) : made).toBuffer();
}

const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];

const SCENES: Record<string, Scene> = {
  "black on white, off the centre": { scale: 8, ground: white, thing: black, room: [90, 30, 20, 70], format: "png" },
  "white on black, filling it": { scale: 10, ground: black, thing: white, room: [0, 0, 0, 0], format: "png" },
  "navy on cream, as JPEG": { scale: 9, ground: [245, 240, 220], thing: [20, 30, 90], room: [50, 50, 60, 40], format: "jpeg" },
  "brown, noisy, camera held upright": { scale: 7, ground: [230, 235, 230], thing: [60, 20, 20], room: [20, 60, 50, 30], format: "jpeg", orientation: 6, noise: 4 },
  "yellow on navy, upside down, as WebP": { scale: 6, ground: [15, 20, 50], thing: [250, 230, 120], room: [40, 20, 20, 40], format: "webp", orientation: 3 },
}; // prettier-ignore

/** The picture of the first ones that is most like it, by the sum of squares. */
function nearest(pixels: Uint8Array): number {
  let [best, least] = [-1, Infinity];
  for (let place = 0; place < COUNT; place++) {
    let sum = 0;
    for (let i = 0; i < 784 && sum < least; i++) sum += (pixels[i] - images[place * 784 + i]) ** 2;
    if (sum < least) [best, least] = [place, sum];
  }
  return best;
}

describe("toFashionForm()", () => {
  for (const [name, scene] of Object.entries(SCENES))
    test(`finds the picture of the test set again: ${name}`, async () => {
      const places = Array.from({ length: 40 }, (_, i) => i * 7);
      const found = await Promise.all(
        places.map(async (place) => {
          const { pixels } = toFashionForm(
            await decodePhoto(await stage(picture(place), scene), { longest: FORM_EDGE }),
          );
          return nearest(pixels) === place;
        }),
      );
      assert.ok(found.filter(Boolean).length >= 36, `${found.filter(Boolean).length} of 40`);
    });

  test("leaves a picture of 28 x 28 as it is, but for bright and dark", async () => {
    const raw = { width: 28, height: 28, channels: 1 as const };
    for (const place of [0, 1, 2]) {
      const levels = picture(place);
      const peak = Math.max(...levels);
      const wanted = levels.map((level) => Math.round((level * 255) / peak));
      for (const given of [levels, levels.map((level) => 255 - level)]) {
        const { pixels, steps } = toFashionForm(await decodePhoto(await sharp(given, { raw }).png().toBuffer()));
        assert.deepEqual(pixels, wanted);
        assert.equal(steps.length, 2);
      }
    }
  });

  test("tells its steps, the last of which is what the network sees", async () => {
    const { pixels, steps } = toFashionForm(
      await decodePhoto(await stage(picture(0), SCENES["navy on cream, as JPEG"])),
    );
    assert.deepEqual(steps.map(({ name }) => name), ["Grey", "Inverted", "Cropped", "Shrunk", "Centred"]); // prettier-ignore
    assert.match(steps[1].note, /^The background is bright \(2\d\d of 255\), so bright and dark change places\.$/);
    assert.deepEqual(steps[4].picture, { width: 28, height: 28, levels: pixels });
  });

  test("takes an empty picture, one pixel and a line without complaint", () => {
    for (const [width, height] of [[50, 50], [1, 1], [300, 1], [1, 300]]) {
      const { pixels } = toFashionForm({ width, height, rgb: new Uint8Array(width * height * 3).fill(255) });
      assert.deepEqual([pixels.length, Math.max(...pixels)], [784, 0]);
    } // prettier-ignore
  });
});

test("areaAverage() gives means of areas, with the shares of pixels that are covered in part", () => {
  const levels = Uint8Array.from([0, 30, 60, 90, 120, 150]);
  const whole = { left: 0, top: 0, right: 3, bottom: 2 };
  const average = (width: number, height: number, box = whole) =>
    [...areaAverage({ width: 3, height: 2, levels }, box, { width, height }).levels]; // prettier-ignore
  assert.deepEqual(average(3, 2), [...levels]);
  assert.deepEqual(average(1, 1), [75]);
  assert.deepEqual(average(2, 2), [10, 50, 100, 140]); // a pixel and a half each
  assert.deepEqual(average(1, 1, { left: 1, top: 0, right: 3, bottom: 1 }), [45]);
  assert.deepEqual(average(6, 1, { left: 0, top: 0, right: 3, bottom: 1 }), [0, 0, 30, 30, 60, 60]);
});

describe("toGrey()", () => {
  const photo = (width: number, height: number, level: (x: number, y: number) => number) => ({
    ...{ width, height },
    rgb: Uint8Array.from({ length: width * height * 3 }, (_, i) => level(Math.floor(i / 3) % width, Math.floor(i / 3 / width))),
  }); // prettier-ignore

  test("weighs red, green and blue as eyes do", () => {
    const rgb = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
    assert.deepEqual([...toGrey({ width: 4, height: 1, rgb }).levels], [76, 150, 29, 255]);
  });

  test("averages squares of pixels where the picture is at least twice as large as is wanted", () => {
    const steps = photo(9, 6, (x, y) => 10 * Math.floor(x / 2) + 60 * Math.floor(y / 2) + (x % 2));
    const { width, height, levels } = toGrey(steps, 4);
    assert.deepEqual([width, height], [4, 3]);
    assert.deepEqual([...levels], [1, 11, 21, 31, 61, 71, 81, 91, 121, 131, 141, 151]); // halves are rounded up
    assert.deepEqual(toGrey(steps, 5), toGrey(steps));
    assert.deepEqual(
      [
        toGrey(
          photo(1, 9, () => 7),
          2,
        ).width,
        toGrey(
          photo(1, 9, () => 7),
          2,
        ).height,
      ],
      [1, 9],
    );
  });
});
