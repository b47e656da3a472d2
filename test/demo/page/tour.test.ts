/// <reference lib="dom" />
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { encodePNG } from "../../../lib/chart/png";
import { buildApp } from "../../../lib/demo/app";
import { buildPage } from "../../../lib/demo/page/buildPage";
import { serve } from "../../../lib/demo/serve";
import { seededRandom } from "../../../lib/random";
import { skip } from "../../browser";
import { plantedServices } from "../plantedServices";
import { newVisits } from "../visits";

const visit = newVisits(async () => serve(buildApp(plantedServices(), { page: await buildPage(), log: () => {} })));

const png = (level: number) =>
  encodePNG(
    new Uint8Array(40 * 40).map((_, i) => (isMiddle(i) ? level : 0)),
    40,
  );
const isMiddle = (i: number) => i % 40 > 8 && i % 40 < 32 && i > 320 && i < 1280;
const bright = { name: "bright.png", mimeType: "image/png", buffer: png(255) };
const answerIs = (page: Page, label: string) => page.waitForFunction((text) => document.querySelector("#answer")?.textContent === text, label); // prettier-ignore
const classified = (page: Page) => page.waitForResponse((response) => response.url().includes("/api/classify"));
const steps = (page: Page) => page.locator("#steps li b").allTextContents();

test("the page opens with an example that is named rightly, with bars for the classes", { skip }, () =>
  visit("", async (page) => {
    await answerIs(page, "empty");
    assert.equal(await page.title(), "Classify · Atelier");
    assert.equal(await page.locator("#answer-note").textContent(), "The network says, rightly");
    assert.deepEqual(await page.locator("#bars li span:first-child:not(.fill)").allTextContents(), ["empty", "full"]);
    const meter = page.getByRole("meter", { name: "empty" });
    assert.deepEqual([await meter.getAttribute("aria-valuenow"), await meter.getAttribute("aria-valuetext")], ["100.0", "100.0 %"]); // prettier-ignore
    await page.getByRole("button", { name: "full" }).click();
    await answerIs(page, "full");
    assert.equal(await page.getByRole("button", { name: "full" }).getAttribute("aria-pressed"), "true");
    const seen = await page.locator("#seen").evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]); // prettier-ignore
    assert.deepEqual(seen, [28, 28]);
  }),
);

test("a picture can be chosen, dropped and pasted, from any tab, and its way to 28 x 28 is shown", { skip }, () =>
  visit("", async (page) => {
    await answerIs(page, "empty");
    await Promise.all([classified(page), page.locator("#file").setInputFiles(bright)]);
    await page.locator("#chosen").waitFor({ state: "visible" });
    assert.ok((await steps(page)).includes("Centred"), String(await steps(page)));

    await page.getByRole("tab", { name: "Forecast" }).click();
    const bytes = [...png(200)];
    const bring = (kind: "drop" | "paste") =>
      page.evaluate(
        ([content, type]) => {
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([Uint8Array.from(content as number[])], "b.png", { type: "image/png" }));
          if (type === "paste") document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
          else document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: clipboardData, bubbles: true, cancelable: true })); // prettier-ignore
        },
        [bytes, kind] as const,
      );
    await Promise.all([classified(page), bring("drop")]);
    await page.locator("#panel-classify").waitFor({ state: "visible" });
    await page.getByRole("tab", { name: "Recommend" }).click();
    await Promise.all([classified(page), bring("paste")]);
    await page.locator("#panel-classify").waitFor({ state: "visible" });
    assert.equal(await page.locator("#chosen").getAttribute("alt"), "Your picture, b.png");
  }),
);

test("what is drawn is named while it is drawn; strokes can be taken back", { skip }, () =>
  visit("", async (page) => {
    await answerIs(page, "empty");
    await page.getByRole("radio", { name: "Draw one" }).check();
    await answerIs(page, "Nothing yet");
    const { x, y } = (await page.locator("#canvas").boundingBox())!;
    const corners = [[40, 40], [240, 40], [240, 240], [40, 240]]; // prettier-ignore
    await page.mouse.move(x + 40, y + 40);
    await page.mouse.down();
    for (const [right, down] of corners) await page.mouse.move(x + right, y + down, { steps: 4 });
    await Promise.all([classified(page), page.mouse.up()]);
    await answerIs(page, "full"); // the outline is filled when the stroke ends
    await page.getByRole("button", { name: "Undo" }).click();
    await answerIs(page, "Nothing yet");
    await page.getByRole("radio", { name: "Brush" }).check();
    await page.getByRole("radio", { name: "Large" }).check();
    await page.mouse.click(x + 100, y + 100);
    await page.waitForFunction(() => /empty|full/.test(document.querySelector("#answer")?.textContent ?? ""));
    await page.getByRole("button", { name: "Clear" }).click();
    await answerIs(page, "Nothing yet");
    assert.ok(await page.getByRole("button", { name: "Clear" }).isDisabled());
  }),
);

test("a file that is no picture is refused in words, at the place of the answer", { skip }, () =>
  visit(
    "",
    async (page) => {
      await answerIs(page, "empty");
      const text = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") };
      await Promise.all([classified(page), page.locator("#file").setInputFiles(text)]);
      await answerIs(page, "No answer");
      assert.match((await page.locator("#answer-note").textContent())!, /PNG, JPEG, WebP/);
    },
    { complaints: /Failed to load resource.*(400|415|422)/ },
  ),
);

test("a large photo is made smaller before it is sent", { skip }, () =>
  visit("", async (page) => {
    await answerIs(page, "empty");
    const random = seededRandom(1);
    const noise = encodePNG(new Uint8Array(2100 * 2100).map(() => random.uint32() & 255), 2100); // prettier-ignore
    assert.ok(noise.length > 4_000_000);
    const answered = classified(page);
    await page.locator("#file").setInputFiles({ ...bright, buffer: noise });
    const request = (await answered).request();
    assert.equal(request.headers()["content-type"], "image/webp");
    const bytes = Number(await request.headerValue("content-length"));
    assert.ok(bytes > 1000 && bytes < noise.length / 1.5, `${bytes} of ${noise.length} bytes`);
    await page.waitForFunction(() => document.querySelectorAll("#steps li").length > 1);
    assert.match((await page.locator("#steps .note").first().textContent())!, /\d+/);
  }),
);

test("tabs are moved between by arrows, and the address keeps tab and choice over a reload", { skip }, () =>
  visit("", async (page) => {
    await answerIs(page, "empty");
    await page.getByRole("tab", { name: "Classify" }).focus();
    await page.keyboard.press("ArrowLeft");
    await page.locator("#panel-forecast").waitFor({ state: "visible" });
    await page.getByLabel("Kind of clothes").selectOption("Bag");
    await page.waitForURL(/#forecast\?category=Bag/);
    await page.getByRole("tab", { name: "Forecast" }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/#recommend/);
    await page.getByRole("tab", { name: "Recommend", selected: true }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), "tab-recommend");
    await page.keyboard.press("End");
    await page.waitForURL(/category=Bag/);
    await page.reload();
    await page.locator("#panel-forecast").waitFor({ state: "visible" });
    await page.waitForFunction(() => (document.querySelector("#category") as HTMLSelectElement).value === "Bag");
    await page.goBack();
    await page.locator("#panel-recommend").waitFor({ state: "visible" });
  }),
);

const offers = (page: Page) => page.locator("#offers .title").allTextContents();

test("a customer's purchases and recommendations are shown, with reasons; the list helps to find one", { skip }, () =>
  visit("#recommend?user=0", async (page) => {
    await page.locator("#offers .title").first().waitFor();
    assert.deepEqual(await page.locator("#history .title").allTextContents(), ["Coat 1"]);
    assert.deepEqual(await offers(page), ["Bag 2", "Bag 1"]);
    const [first] = await page.locator(".stack").all();
    assert.equal(await first.getAttribute("aria-label"), "Score 3.00: liked by everybody 1.00");
    const field = page.getByRole("combobox", { name: "Customer" });
    await field.fill("");
    await field.press("ArrowDown");
    assert.equal(await field.getAttribute("aria-activedescendant"), "user-list-0");
    assert.deepEqual(await page.getByRole("option").allTextContents(), ["0", "1"]);
    await field.press("ArrowDown");
    await field.press("Enter");
    await page.waitForURL(/user=1/);
    await page.waitForFunction(() => document.querySelector("#history .title")?.textContent === "Bag 1");
    await page.getByRole("button", { name: "Another one" }).click();
    await page.waitForURL(/user=0/);
    await field.fill("1");
    await page.getByRole("option").first().waitFor();
    await field.press("Enter");
    await page.waitForURL(/user=1/);
    assert.equal(await page.getByRole("option").count(), 0, "the list is closed");
  }),
);

test("an unknown customer is answered with the sentence that says which there are", { skip }, () =>
  visit(
    "#recommend",
    async (page) => {
      await page.locator("#offers .title").first().waitFor();
      await page.getByRole("combobox", { name: "Customer" }).fill("77");
      await page.keyboard.press("Enter");
      const error = page.locator("#user-error");
      await error.waitFor({ state: "visible" });
      assert.equal(await error.textContent(), 'There is no user "77". The user ids run from 0 to 1.');
      assert.equal(await page.locator("#user").getAttribute("aria-invalid"), "true");
      assert.equal(await page.locator("#offers").textContent(), "No recommendations.");
    },
    { complaints: /Failed to load resource.*404/ },
  ),
);

test("somebody new clicks, gets recommendations at once, and takes clicks back", { skip }, () =>
  visit("#recommend?new=1", async (page) => {
    await page.locator("#shelf .title").first().waitFor();
    assert.match((await page.locator("#offers").textContent())!, /Nothing clicked yet/);
    await page.locator("#shelf").getByRole("button", { name: "Bag 1" }).click();
    await page.waitForFunction(() => document.querySelectorAll("#offers .title").length === 2);
    assert.deepEqual(await offers(page), ["Coat 1", "Bag 2"]);
    assert.equal(await page.locator("#liked-count").textContent(), "1");
    await page.getByLabel("Kind of things").selectOption("Coat");
    assert.deepEqual(await page.locator("#shelf .title").allTextContents(), ["Coat 1"]);
    await page.locator("#liked").getByRole("button", { name: "Bag 1" }).click();
    await page.getByText("Nothing clicked yet").waitFor();
  }),
);

test("a click on a thing shows similar ones in a dialog, and from there on", { skip }, () =>
  visit("#recommend?user=0", async (page) => {
    await page.locator("#offers").getByRole("button", { name: "Bag 2" }).click();
    const dialog = page.getByRole("dialog", { name: "Similar to Bag 2" });
    await dialog.getByRole("button", { name: "Coat 1" }).click();
    await page.getByRole("dialog", { name: "Similar to Coat 1" }).getByRole("button", { name: "Bag 1" }).waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
  }),
);

const drawn = (page: Page) => page.locator("#chart .main-svg").first().waitFor({ timeout: 20_000 });

test("the forecast is drawn by one copy of Plotly, follows the slider, and stands in a table too", { skip }, () =>
  visit("#forecast", async (page) => {
    const plotly: string[] = [];
    page.on("request", (request) => request.url().includes("plotly") && plotly.push(request.url()));
    await drawn(page);
    const slider = page.getByRole("slider", { name: "Weeks ahead" });
    await slider.focus();
    await page.keyboard.press("Home");
    await page.waitForURL(/horizon=1$/);
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/horizon=2$/);
    assert.equal(await slider.getAttribute("aria-valuetext"), "2 weeks");
    await page.getByText("The numbers as a table").click();
    const cells = await page.locator("#table tbody tr").nth(1).locator("th, td").allTextContents();
    assert.deepEqual(cells, ["11 Jan 2026", "11", "10", "12", "11"]);
    assert.match((await page.locator("#chart").getAttribute("aria-label"))!, /^Coat: pieces sold in the week of 10 Jan 2026: 10, with 80 % between 9 and 11; /); // prettier-ignore
    assert.match((await page.locator("#facts").textContent())!, /Typical error10 %the baseline, as last week: 20 %/);
    await page.getByLabel("Kind of clothes").selectOption("Bag");
    await page.waitForURL(/category=Bag&horizon=2/);
    await page.getByRole("button", { name: "Dark colours" }).click();
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    await page.reload();
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    await drawn(page);
    assert.ok(plotly.length <= 2, String(plotly)); // one for each load of the page
  }),
);

for (const [width, scheme] of [
  [320, "light"],
  [1280, "dark"],
] as const)
  // prettier-ignore
  test(`every tab holds at ${width} pixels in ${scheme} colours`, { skip }, async () => {
    const look = { width, scheme };
    await visit("#classify", (page) => answerIs(page, "empty").then(() => {}), look);
    await visit("#recommend", (page) => page.locator("#offers .title").first().waitFor(), look);
    await visit("#recommend?new=1", (page) => page.locator("#shelf .title").first().waitFor(), look);
    await visit("#forecast", drawn, look);
  });

test("a server that does not answer is reported, and the page goes on when it is back", { skip }, () =>
  visit(
    "#forecast",
    async (page) => {
      await drawn(page);
      await page.route("**/api/**", (route) => route.abort());
      await page.getByRole("tab", { name: "Recommend" }).click();
      await page.locator("#offline").waitFor({ state: "visible" });
      await Promise.all([page.waitForEvent("requestfailed"), page.getByRole("button", { name: "Try again" }).click()]);
      assert.ok(await page.locator("#offline").isVisible());
      await page.unroute("**/api/**");
      await page.getByRole("button", { name: "Try again" }).click();
      await page.locator("#offers .title").first().waitFor();
      assert.ok(await page.locator("#offline").isHidden());

      await page.route("**/api/**", (route) => route.abort());
      await page.getByRole("button", { name: "Another one" }).click();
      await page.locator("#offline").waitFor({ state: "visible" });
      await page.unroute("**/api/**");
      const again = page.waitForResponse((response) => /recommend\?user=/.test(response.url()));
      await page.getByRole("button", { name: "Try again" }).click();
      await again;
      await page.locator("#offline").waitFor({ state: "hidden" });
    },
    { complaints: /Failed to load resource/ },
  ),
);

test("after the server is back a newer choice stays, whatever had failed before", { skip }, () =>
  visit(
    "",
    async (page) => {
      await answerIs(page, "empty");
      await page.route("**/api/**", (route) => route.abort());
      await page.getByRole("button", { name: "full" }).click();
      await page.locator("#offline").waitFor({ state: "visible" });
      await page.unroute("**/api/**");
      await Promise.all([classified(page), page.getByRole("button", { name: "empty" }).click()]);
      await page.locator("#offline").waitFor({ state: "hidden" });
      assert.equal(await page.locator("#answer").textContent(), "empty");
    },
    { complaints: /Failed to load resource/ },
  ),
);

test("while the server is away the dialog of similar things offers to try again", { skip }, () =>
  visit(
    "#recommend?user=0",
    async (page) => {
      await page.locator("#offers .title").first().waitFor();
      await page.route("**/api/similar**", (route) => route.abort());
      await page.locator("#offers").getByRole("button", { name: "Bag 2" }).click();
      await page.locator("#offline").waitFor({ state: "visible" });
      await page.unroute("**/api/similar**");
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Coat 1" }).waitFor();
      await page.locator("#offline").waitFor({ state: "hidden" });
      await page.route("**/api/similar**", (route) => route.abort());
      await page.getByRole("dialog").getByRole("button", { name: "Coat 1" }).click();
      await page.locator("#offline").waitFor({ state: "visible" });
      await page.keyboard.press("Escape");
      await page.locator("body > #offline").waitFor({ state: "visible" }); // the event that brings it there comes later
      assert.ok(await page.locator("#offline").isVisible());
    },
    { complaints: /Failed to load resource/ },
  ),
);

test("what was refused to a newcomer is forgotten with the next click", { skip }, () =>
  visit(
    "#recommend?new=1",
    async (page) => {
      await page.locator("#shelf .title").first().waitFor();
      await page.route("**/api/recommend", (route) => route.fulfill({ status: 503, json: { error: { code: "busy", message: "Too many." } } })); // prettier-ignore
      await page.locator("#shelf").getByRole("button", { name: "Bag 1" }).click();
      await page.getByRole("alert").getByText("Too many.").waitFor();
      await page.unroute("**/api/recommend");
      await page.locator("#shelf").getByRole("button", { name: "Bag 2" }).click();
      await page.locator("#offers .title").first().waitFor();
      assert.ok(await page.locator("#user-error").isHidden());
    },
    { complaints: /Failed to load resource.*503/ },
  ),
);

test("a look at the drawing does not lose the picture", { skip }, () =>
  visit("", async (page) => {
    await answerIs(page, "empty");
    await Promise.all([classified(page), page.locator("#file").setInputFiles(bright)]);
    await answerIs(page, "full");
    await page.getByRole("radio", { name: "Draw one" }).check();
    await answerIs(page, "Nothing yet");
    await Promise.all([classified(page), page.getByRole("radio", { name: "A picture" }).check()]);
    await answerIs(page, "full");
    assert.equal(await page.locator("#chosen").getAttribute("alt"), "Your picture, bright.png");
  }),
);

test("text that is pasted into a field with a picture of it stays a text", { skip }, () =>
  visit("#recommend?user=0", async (page) => {
    await page.locator("#offers .title").first().waitFor();
    await page.evaluate(
      (bytes) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([Uint8Array.from(bytes)], "b.png", { type: "image/png" }));
        clipboardData.items.add("1", "text/plain");
        document.querySelector("#user")!.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
      },
      [...png(200)],
    );
    assert.match(page.url(), /#recommend/);
    assert.ok(await page.locator("#panel-recommend").isVisible());
  }),
);

test("slow answers are not shown under what was chosen since", { skip }, () =>
  visit("#recommend?user=0", async (page) => {
    await page.locator("#offers .title").first().waitFor();
    const shown = await page.evaluate(() => {
      const seen = Object.assign(window, { seen: [] as string[] }).seen;
      const look = () => seen.push(`${document.querySelector("#similar-title")?.textContent}: ${document.querySelectorAll("#similar-items button").length}`); // prettier-ignore
      new MutationObserver(look).observe(document.querySelector("#similar-items")!, { childList: true });
      return seen;
    });
    assert.deepEqual(shown, []);
    const held: (() => void)[] = [];
    await page.route("**/api/similar**", async (route) => {
      if (held.length === 0) await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    const [first, second] = await page.locator("#offers button").all();
    await first.click();
    await page.keyboard.press("Escape");
    await second.click();
    const answered = page.waitForResponse((response) => response.url().includes("/api/similar"));
    held[0]();
    await answered;
    await page.locator("#similar-items button").first().waitFor();
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    assert.equal(seen.filter((line) => !line.endsWith(": 0")).length, 1, String(seen));
  }),
);

test("an address that changes is followed: typed in, or of the history", { skip }, () =>
  visit("#recommend?user=0", async (page) => {
    const go = (hash: string) => page.evaluate((next) => void (location.hash = next), hash);
    const bought = (title: string) => page.waitForFunction((text) => document.querySelector("#history .title")?.textContent === text, title); // prettier-ignore
    await bought("Coat 1");
    await go("#recommend?user=1");
    await bought("Bag 1");
    await go("#recommend?new=1");
    await page.locator("#shelf .title").first().waitFor();
    await page.goBack();
    await bought("Bag 1");
    await page.goBack();
    await bought("Coat 1");
    await go("#recommend");
    await page.waitForURL(/user=0/);
    await go("#forecast?category=Bag&horizon=2");
    await drawn(page);
    await go("#forecast?category=Coat&horizon=3");
    await page.waitForFunction(() => /^Coat: pieces/.test(document.querySelector("#chart")?.getAttribute("aria-label") ?? "")); // prettier-ignore
    assert.equal(await page.locator("#weeks").textContent(), "3 weeks");
  }),
);

test("a folder that is dropped is refused; the server is not blamed", { skip }, () =>
  visit(
    "",
    async (page, context) => {
      await answerIs(page, "empty");
      const session = await context.newCDPSession(page);
      const drop = { x: 200, y: 200, data: { items: [], files: [__dirname], dragOperationsMask: 1 } };
      for (const type of ["dragEnter", "dragOver", "drop"] as const)
        await session.send("Input.dispatchDragEvent", { type, ...drop });
      await answerIs(page, "No answer");
      assert.match((await page.locator("#answer-note").textContent())!, /it is a folder/);
      assert.ok(await page.locator("#offline").isHidden());
    },
    { complaints: /Failed to load resource: net::ERR_FILE_NOT_FOUND/ }, // the browser's, for the preview
  ),
);

test("a second finger on the drawing draws nothing", { skip }, () =>
  visit("", async (page, context) => {
    await answerIs(page, "empty");
    await page.getByRole("radio", { name: "Draw one" }).check();
    await page.getByRole("radio", { name: "Brush" }).check();
    const { x, y } = (await page.locator("#canvas").boundingBox())!;
    const session = await context.newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: [number, number][]) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([right, down], id) => ({ x: x + right, y: y + down, id })) }); // prettier-ignore
    await touch("touchStart", [[40, 40]]);
    await touch("touchStart", [[40, 40], [200, 200]]); // prettier-ignore
    await touch("touchMove", [[60, 40], [220, 200]]); // prettier-ignore
    await touch("touchEnd", []);
    await page.waitForFunction(() => !(document.querySelector("#undo") as HTMLButtonElement).disabled);
    const lit = await page.locator("#canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d")!.getImageData(0, height / 2, width, height / 2);
      return data.filter((level, at) => at % 4 === 0 && level > 0).length;
    });
    assert.equal(lit, 0);
  }),
);
