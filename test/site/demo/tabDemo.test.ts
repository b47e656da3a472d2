import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { buildApp } from "../../../lib/demo/app";
import { buildServices } from "../../../lib/demo/models/buildServices";
import { writeDemo } from "../../../lib/site/demo/writeDemo";
import { type ServedFolder, serveFolder } from "../../../lib/site/serveFolder";
import { launchBrowser, skip } from "../../browser";
import { plantedModels } from "../../demo/plantedModels";
import { bundledKernel } from "../tabKernel";

const site = mkdtempSync(join(tmpdir(), "tab-demo-"));
let served: ServedFolder;
let browser: Browser;
let page: Page;
let app: ReturnType<typeof buildApp>;

before(async () => {
  if (skip) return;
  process.env.ATELIER_SIMD = "relaxed"; // as the tab has it: native code rounds in another order
  const models = await plantedModels();
  app = buildApp(buildServices(models), { page: { html: "", files: new Map() }, log: () => {} });
  const assets = join(site, "extensions", "atelier-kernel", "static");
  mkdirSync(dirname(assets), { recursive: true });
  symlinkSync(await bundledKernel(), assets, "junction");
  await writeDemo(models, { page: join(site, "demo"), assets });
  [served, browser] = [await serveFolder(site, { base: "/course/" }), await launchBrowser()];
  page = await browser.newPage();
  await page.goto(`${served.url}demo/index.html`);
});

after(async () => {
  delete process.env.ATELIER_SIMD;
  await browser?.close();
  await served?.close();
  rmSync(site, { recursive: true, force: true });
});

interface Asked {
  path: string;
  /** A picture file. */
  picture?: Buffer;
  /** What is sent as JSON. */
  wish?: object;
}

const without = (text: string) => text.replace(/"milliseconds":[\d.]+/, "");

async function byServer({ path, picture, wish }: Asked): Promise<string> {
  const type = picture ? "image/png" : "application/json";
  const body = picture ? new Uint8Array(picture) : wish && JSON.stringify(wish);
  const init = { method: body || path.includes("classify") ? "POST" : "GET", body };
  const request = new Request(`http://localhost${path}`, { ...init, headers: { host: "localhost", "content-type": type } }); // prettier-ignore
  return without(await (await app.fetch(request)).text());
}

async function byTab({ path, picture, wish }: Asked): Promise<string> {
  const text = await page.evaluate(
    async ({ path, base64, wish }) => {
      const type = base64 === undefined ? "application/json" : "image/png";
      const body =
        base64 !== undefined
          ? await (await fetch(`data:${type};base64,${base64}`)).blob()
          : wish && JSON.stringify(wish);
      const init = { method: body || path.includes("classify") ? "POST" : "GET", body };
      return (await fetch(path, { ...init, headers: { "content-type": type } })).text();
    },
    { path, base64: picture?.toString("base64"), wish },
  );
  return without(text);
}

/** Something like a coat: dark, wide at its top, see-through all around and half so at its edge. */
function drawing(width: number, height: number) {
  const levels = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const inside = Math.abs(x / width - 0.5) - (y < 0.4 * height ? 0.45 : 0.25);
      if (inside < 0.02) levels.set([30, 60, 90, inside < 0 ? 255 : 128], 4 * (y * width + x));
    }
  return sharp(levels, { raw: { width, height, channels: 4 } });
}

test("the tab shows an answer on the server's page, under a path of a host", { skip }, async () => {
  await page.locator("#bars li").first().waitFor({ timeout: 60_000 });
  assert.equal(await page.locator("#examples button").count(), 20);
  assert.equal(await page.getByRole("link", { name: "Lessons" }).getAttribute("href"), "../index.html");
});

/** With the levels of each picture in place of its file: browsers pack some otherwise than Node. */
async function withLevels(text: string): Promise<string> {
  const files = Array.from(text.matchAll(/data:image\/png;base64,([^"]+)/g), ([, file]) => file);
  const levels = await Promise.all(files.map((file) => sharp(Buffer.from(file, "base64")).raw().toBuffer()));
  return files.reduce((whole, file, i) => whole.replace(file, levels[i].toString("base64")), text);
}

test("the tab's answers are those of the server over the same models, to the byte", { skip }, async () => {
  const paths = ["examples", "users", "categories", "recommend?user=7&count=20", "similar?item=3", "forecast?category=Bag&horizon=13", "classify?steps=true&example=4", "recommend?user=nobody"]; // prettier-ignore
  const picture = await drawing(200, 280).png().toBuffer();
  const asked: Asked[] = paths.map((path) => ({ path: `/api/${path}` }));
  asked.push({ path: "/api/recommend", wish: { liked: [1, 5] } });
  for (const one of asked) assert.equal(await byTab(one), await byServer(one), one.path);
  const photo = { path: "/api/classify?steps=true", picture };
  assert.equal(await withLevels(await byTab(photo)), await withLevels(await byServer(photo)));
});

test("what is no picture is refused in the server's words", { skip }, async () => {
  const whole = await drawing(200, 280).png().toBuffer();
  const wrong = [Buffer.alloc(0), Buffer.from("no picture"), whole.subarray(0, 40)];
  for (const picture of wrong)
    assert.equal(await byTab({ path: "/api/classify", picture }), await byServer({ path: "/api/classify", picture }));
});

test(
  "a photo is turned as its EXIF data says, and made smaller: the tab's classes are nearly the server's",
  { skip },
  async () => {
    const turned = drawing(900, 1260).flatten({ background: "white" }).rotate(90).withMetadata({ orientation: 8 });
    const asked = { path: "/api/classify", picture: await turned.jpeg().toBuffer() };
    const [ours, theirs] = (await Promise.all([byTab(asked), byServer(asked)])).map((text) => JSON.parse(text.replace(/,}$/, "}"))); // prettier-ignore
    assert.equal(ours.label, theirs.label);
    for (const { label, confidence } of theirs.confidences) {
      const own = ours.confidences.find((one: { label: string }) => one.label === label).confidence;
      assert.ok(Math.abs(own - confidence) < 0.01, `${label}: ${own}, by the server ${confidence}`);
    }
  },
);
