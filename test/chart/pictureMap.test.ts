import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { pictureMap } from "../../lib/chart/pictureMap";
import { launchBrowser, skip } from "../browser";

let browser: Browser | undefined;
after(() => browser?.close());

const COUNT = 230;
/** Picture i is a bar whose height says i. */
const images = Uint8Array.from({ length: COUNT * 784 }, (_, at) => (Math.floor((at % 784) / 28) < Math.floor(at / 784) % 28 ? 255 : 0)); // prettier-ignore
const labels = Uint8Array.from({ length: COUNT }, (_, i) => i % 3);
const points = Float32Array.from({ length: 2 * COUNT }, (_, at) => (at % 2 ? Math.floor(at / 46) : (at / 2) % 23));
const names = ["Coat", "a < b", "Bag"];
const data = { points, labels, names, images };

const contentOf = (html: string) => JSON.parse(/<script type="application\/json">(.*?)<\/script>/.exec(html)![1]);

test("pictureMap() has each point's place and picture, class by class", async () => {
  const { html } = await pictureMap(data, { quality: 60 });
  const { classes, sheet, steps } = contentOf(html);
  assert.deepEqual(
    classes.map(({ name, places }: { name: string; places: number[] }) => [name, places.length / 2]),
    [["Coat", 77], ["a &#60; b", 77], ["Bag", 76]], // prettier-ignore
  );
  const order = [0, 1, 2].flatMap((label) => [...labels.keys()].filter((i) => labels[i] === label));
  const flat = classes.flatMap(({ places }: { places: number[] }) => places);
  order.forEach((point, number) => {
    assert.ok(Math.abs(flat[2 * number] / steps - points[2 * point] / 22) < 1e-3);
    assert.ok(Math.abs(flat[2 * number + 1] / steps - (1 - points[2 * point + 1] / 9)) < 1e-3);
  });
  const picture = sharp(Buffer.from(sheet.source.split(",")[1], "base64"))
    .greyscale()
    .raw();
  const { data: pixels, info } = await picture.toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [100 * 28, sheet.rows * 28]);
  for (const number of [0, 76, 99, 100, 229]) {
    const corner = Math.floor(number / 100) * 28 * info.width + (number % 100) * 28;
    const dark = [...Array(28).keys()].filter((row) => pixels[corner + row * info.width + 14] < 128).length;
    assert.equal(dark, order[number] % 28, `tile ${number}`);
  }
});

test("pictureMap() is an element of a page and a line of text, with a still picture", async () => {
  const map = await pictureMap(data, { title: "My map" });
  const bundle = (map as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
  assert.deepEqual(Object.keys(bundle), ["text/html", "text/plain"]);
  assert.equal(bundle["text/plain"], "My map (230 pictures)");
  assert.match(bundle["text/html"], /^<div class="atelier-map"[^>]*><img [^>]*alt="My map" src="data:image\/svg/);
  assert.ok(map.html.length < 80_000, String(map.html.length));
});

test("pictureMap() refuses what does not fit", async () => {
  await assert.rejects(pictureMap({ ...data, labels: labels.subarray(1) }), {
    name: "TypeError",
    message: "pictureMap(): 460 coordinates and 180320 pixels for 229 labels; give 2 and 784 for each",
  });
});

test("pictureMap() shows the picture under the mouse, hides classes and enlarges a place", { skip }, async () => {
  browser ??= await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 700, height: 700 } });
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.setContent(`<body style="margin:0">${(await pictureMap(data)).html}</body>`);
  const canvas = page.locator(".atelier-map canvas");
  const tip = page.locator(".atelier-map canvas + div");
  assert.equal(await page.locator(".atelier-map > img").isVisible(), false);
  const box = (await canvas.boundingBox())!;
  const over = (x: number, y: number) => page.mouse.move(box.x + 8 + x * (box.width - 16), box.y + 8 + y * (box.height - 16));

  await over(1 / 22, 1); // point 1, the first of the second class: tile 77
  assert.equal((await tip.innerText()).trim(), "a < b");
  const position = () => tip.locator("div").first().evaluate((tile) => tile.style.backgroundPosition);
  assert.equal(await position(), `${-77 * 84}px 0px`);

  await page.getByRole("button", { name: "a < b" }).click();
  await over(1 / 22, 1);
  assert.equal(await tip.isVisible(), false);
  await over(0.5 / 22, 1 / 18); // a corner without points
  assert.equal(await tip.isVisible(), false);

  const whole = page.getByRole("button", { name: "Whole map" });
  assert.equal(await whole.isVisible(), false);
  await over(0, 1);
  await page.mouse.dblclick(box.x + 8, box.y + box.height - 8);
  assert.equal((await tip.innerText()).trim(), "Coat"); // still there, in the corner
  await whole.click();
  assert.equal(await whole.isVisible(), false);
  assert.deepEqual(errors, []);
  await page.close();
}); // prettier-ignore
