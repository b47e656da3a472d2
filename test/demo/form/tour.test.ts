/// <reference lib="dom" />
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { encodePNG } from "../../../lib/chart/png";
import { demo } from "../../../lib/demo/demo";
import { seededRandom } from "../../../lib/random";
import { skip } from "../../browser";
import { newVisits } from "../visits";

const square = (level: number) => ({ width: 4, height: 4, levels: new Uint8Array(16).fill(level) });
const png = (level: number) => Buffer.from(encodePNG(new Uint8Array(1600).fill(level), 40));
const bright = { name: "bright.png", mimeType: "image/png", buffer: png(200) };

/** Answers with all kinds of values: how bright the picture is, and what else it was given. */
const describe = newVisits(
  () =>
    demo({
      title: "How bright?",
      description: "Tells how bright a picture is.",
      inputs: [
        "image",
        { type: "text", label: "Your name", value: "Ann" },
        { type: "text", label: "Notes", lines: 3 },
        { type: "number", label: "Times", value: 1, minimum: 1, maximum: 9, whole: true },
        { type: "slider", label: "Bound", minimum: 0, maximum: 255, value: 100, step: 5 },
        { type: "checkbox", label: "Show it" },
        { type: "dropdown", label: "Kind", choices: ["Coat", "Bag"] },
        { type: "json", label: "More", value: [1] },
      ],
      outputs: [
        "label",
        { type: "text", label: "Said" },
        "image",
        "gallery",
        { type: "number", label: "Level" },
        "json",
        "table",
        { type: "plot", label: "Curve" },
      ],
      examples: [
        [square(250), "Bob", "", 2, 50, true, "Bag", { a: 1 }],
        [square(10), "Eve", "dark", 1, 50, false, "Coat", []],
      ],
      fn(photo, name, notes, times, bound, shown, kind, more) {
        const level = photo.rgb[0];
        return [
          { bright: level / 255, dark: 1 - level / 255 },
          `${name}, ${kind}, ${times} times, ${notes || "no notes"}: ${level > bound ? "above" : "below"} ${bound}`,
          { width: photo.width, height: photo.height, levels: photo.rgb.filter((_, i) => i % 3 === 0) },
          shown ? [{ image: square(level), caption: "once more" }, { image: square(255 - level) }] : [],
          level,
          more,
          [{ week: "first", level }, { week: "second", level: 255 - level }], // prettier-ignore
          { data: [{ type: "scatter", x: [1, 2, 3], y: [level, 100, 255 - level], name: "Levels" }], layout: { title: { text: "Levels" } } }, // prettier-ignore
        ];
      },
    }),
  "form-",
);

/** Counts, and refuses what it cannot. */
const count = newVisits(
  () =>
    demo({
      title: "Counting",
      inputs: [{ type: "number", label: "To", value: 3, whole: true }],
      outputs: [{ type: "number", label: "Reached" }],
      log: () => {},
      async *fn(to, { signal, progress }) {
        if (to > 1000) throw new RangeError(`${to} is too far; count to 1,000 at most.`);
        for (let i = 1; i <= to && !signal.aborted; i++) {
          progress(i, to, "counting");
          yield i;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      },
    }),
  "count-",
);

/** Inputs that are called as parts of the page are. */
const collide = newVisits(
  () =>
    demo({
      title: "Names",
      inputs: ["Title", "State", "Error", "Outputs", "Examples", "Result"].map((label) => ({ type: "text", label }) as const), // prettier-ignore
      outputs: ["text"],
      examples: [["a", "b", "c", "d", "e", "f"]],
      fn: (...values) => values.slice(0, 6).join(" "),
    }),
  "names-",
);

const run = (page: Page) => page.getByRole("button", { name: "Run" }).click();
const state = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();
const result = (page: Page, title: string) =>
  page.locator("#outputs > .field", { has: page.getByRole("heading", { name: title, exact: true }) });
/** Until a number from there to below 40 is shown. */
const reached = (page: Page, least: number) =>
  page.waitForFunction((bound) => {
    const shown = Number(document.querySelector("#outputs p")?.textContent ?? NaN);
    return shown >= bound && shown < 40;
  }, least);
const drawn = (page: Page) => page.locator("#outputs .main-svg").first().waitFor({ timeout: 20_000 });

test("demo()'s page fills the form and runs with an example, and shows every kind of output", { skip }, () =>
  describe("", async (page) => {
    assert.equal(await page.title(), "How bright?");
    assert.equal(await page.getByLabel("Your name").inputValue(), "Ann");
    assert.equal(await page.getByLabel("Bound").inputValue(), "100");
    assert.equal(await page.getByLabel("Kind").inputValue(), "Coat"); // the first, as nothing else is said
    await page.getByRole("group", { name: "Examples" }).getByRole("button").first().click();
    await state(page, "Done.");
    assert.equal(await page.getByLabel("Your name").inputValue(), "Bob");
    assert.equal(await page.getByLabel("Show it").isChecked(), true);
    assert.equal(await result(page, "Label").locator(".label").textContent(), "bright");
    assert.equal(await page.getByRole("meter", { name: "bright" }).getAttribute("aria-valuetext"), "98.0 %");
    assert.equal(await result(page, "Said").locator("p").textContent(), "Bob, Bag, 2 times, no notes: above 50");
    const size = await result(page, "Image").locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth); // prettier-ignore
    assert.equal(size, 4);
    assert.deepEqual(await result(page, "Gallery").locator("figcaption").allTextContents(), ["once more", ""]);
    assert.equal(await result(page, "Level").locator("p").textContent(), "250");
    assert.deepEqual(JSON.parse((await result(page, "JSON").locator("pre").textContent())!), { a: 1 });
    assert.deepEqual(await result(page, "Table").locator("td").allTextContents(), ["first", "250", "second", "5"]);
    await drawn(page);
    const ink = () =>
      page
        .locator("#outputs .xtick text")
        .first()
        .evaluate((text) => getComputedStyle(text).fill);
    const before = await ink();
    await page.getByRole("button", { name: "Dark colours" }).click();
    await page.waitForFunction((old) => getComputedStyle(document.querySelector("#outputs .xtick text")!).fill !== old, before); // prettier-ignore
  }),
);

test("demo()'s page sends what is filled in and a picture that is chosen, dropped or pasted", { skip }, () =>
  describe("", async (page) => {
    await page.locator("input[type=file]").setInputFiles(bright);
    await page.getByLabel("Your name").fill("Zoe");
    await page.getByLabel("Notes").fill("two\nlines");
    await page.getByLabel("Times").fill("4");
    await page.getByLabel("Bound").fill("205");
    await page.getByLabel("Kind").selectOption("Bag");
    await page.getByLabel("More").fill('{"b": [2]}');
    await run(page);
    await state(page, "Done.");
    assert.equal(await result(page, "Said").locator("p").textContent(), "Zoe, Bag, 4 times, two\nlines: below 205");
    assert.equal(await result(page, "Level").locator("p").textContent(), "200");
    for (const [way, level] of [
      ["drop", 90],
      ["paste", 30],
    ] as const) {
      // prettier-ignore
      await page.evaluate(
        ([kind, bytes]) => {
          const given = new DataTransfer();
          given.items.add(new File([Uint8Array.from(bytes as number[])], "a.png", { type: "image/png" }));
          const zone = document.querySelector(".field .drop")!;
          if (kind === "drop") zone.dispatchEvent(new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true })); // prettier-ignore
          else document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true }));
        },
        [way, [...png(level)]] as const,
      );
      await run(page);
      await result(page, "Level").getByText(String(level), { exact: true }).waitFor();
    }
  }),
);

test("demo()'s page makes a large photo smaller before it is sent", { skip }, () =>
  describe("", async (page) => {
    const random = seededRandom(1);
    const noise = encodePNG(new Uint8Array(2100 * 2100).map(() => random.uint32() & 255), 2100); // prettier-ignore
    const sent = page.waitForRequest((request) => request.url().endsWith("/upload"));
    await page.locator("input[type=file]").setInputFiles({ ...bright, buffer: noise });
    await run(page);
    const bytes = Number(await (await sent).headerValue("content-length"));
    assert.ok(bytes > 1000 && bytes < noise.length / 1.5, `${bytes} of ${noise.length} bytes`);
    await state(page, "Done.");
  }),
);

test("demo()'s page shows what is refused in words, and forgets it when the next run is right", { skip }, () =>
  describe(
    "",
    async (page) => {
      const error = page.getByRole("alert");
      await run(page);
      await error.getByText("Image is missing; send a picture.").waitFor();
      await page.locator("input[type=file]").setInputFiles(bright);
      await page.getByLabel("Times").fill("10");
      await run(page);
      await error.getByText("Times is 10; it must be a whole number from 1 to 9.").waitFor();
      await page.getByLabel("Times").fill("1");
      await page.getByLabel("More").fill("{");
      await run(page);
      await error.getByText(/^More is no JSON/).waitFor();
      await page
        .locator("input[type=file]")
        .setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("no") });
      await page.getByLabel("More").fill("1");
      await run(page);
      await error.getByText(/^This is no PNG, JPEG, WebP or GIF file/).waitFor();
      await page.locator("input[type=file]").setInputFiles(bright);
      await run(page);
      await state(page, "Done.");
      assert.ok(await error.isHidden());
    },
    { complaints: /net::ERR_/ },
  ),
);

test("demo()'s page shows progress and values as they come, and stops a run that is cancelled", { skip }, () =>
  count("", async (page) => {
    await page.getByLabel("To").fill("40");
    await run(page);
    await page.getByRole("progressbar", { name: "Progress" }).waitFor();
    await page.getByText("Counting …").waitFor();
    await reached(page, 2);
    await result(page, "Reached").getByText("40", { exact: true }).waitFor();
    await state(page, "Done.");
    assert.ok(await page.getByRole("progressbar").isHidden());
    assert.ok(await page.getByRole("button", { name: "Cancel" }).isDisabled());
    await page.getByLabel("To").fill("1000");
    await run(page);
    await reached(page, 3);
    await page.getByRole("button", { name: "Cancel" }).click();
    await state(page, "Cancelled.");
    assert.ok(Number(await result(page, "Reached").locator("p").textContent()) >= 3, "what has come stays");
    await page.getByLabel("To").fill("1001");
    await run(page);
    await page.getByRole("alert").getByText("1001 is too far; count to 1,000 at most.").waitFor();
    await page.getByLabel("To").fill("2");
    await page.getByLabel("To").press("Enter");
    await result(page, "Reached").getByText("2", { exact: true }).waitFor();
  }),
);

test("demo()'s page holds whatever its inputs are called", { skip }, () =>
  collide("", async (page) => {
    await page.getByRole("group", { name: "Examples" }).getByRole("button").click();
    await result(page, "Text").getByText("a b c d e f", { exact: true }).waitFor();
    await page.getByRole("textbox", { name: "Title" }).fill("A");
    await page.getByRole("textbox", { name: "Outputs" }).fill("D");
    await run(page);
    await result(page, "Text").getByText("A b c D e f", { exact: true }).waitFor();
  }),
);

test("demo()'s page stops a run that is cancelled while its picture is on the way", { skip }, () =>
  describe("", async (page) => {
    await page.locator("input[type=file]").setInputFiles(bright);
    let joined = false;
    page.on("request", (request) => (joined ||= request.url().includes("/queue/join")));
    await page.route("**/upload", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue().catch(() => {}); // it has been aborted
    });
    await run(page);
    await page.getByRole("button", { name: "Cancel" }).click();
    await state(page, "Cancelled.");
    await page.waitForTimeout(500);
    assert.equal(joined, false);
    assert.ok(await page.getByRole("alert").isHidden());
    await page.unroute("**/upload");
    await run(page);
    await state(page, "Done.");
  }),
);

test("demo()'s page leaves text to its fields, and no file opens that misses its place", { skip }, () =>
  describe("", async (page) => {
    await page.getByLabel("Your name").waitFor();
    const spared = await page.evaluate(
      (bytes) => {
        const given = new DataTransfer();
        given.items.add(new File([Uint8Array.from(bytes)], "a.png", { type: "image/png" }));
        given.items.add("a text", "text/plain");
        const field = document.querySelector("#input-your_name")!;
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true }));
        return !document.body.dispatchEvent(
          new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true }),
        );
      },
      [...png(90)],
    );
    assert.equal(spared, true);
    assert.ok(await page.locator("img.picture").isHidden());
    assert.equal(await page.getByRole("button", { name: "Image Choose a file" }).count(), 1);
  }),
);

for (const [width, scheme] of [
  [320, "light"],
  [1280, "dark"],
] as const)
  // prettier-ignore
  test(`demo()'s page holds at ${width} pixels in ${scheme} colours`, { skip }, async () => {
    await describe("", async (page) => {
      await page.getByRole("group", { name: "Examples" }).getByRole("button").first().click();
      await drawn(page);
    }, { width, scheme });
    await count("", (page) => run(page).then(() => state(page, "Done.")), { width, scheme });
  });
