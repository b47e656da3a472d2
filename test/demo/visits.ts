/// <reference lib="dom" />
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Browser, BrowserContext, ConsoleMessage, Page, Request } from "playwright-core";
import { launchBrowser, skip } from "../browser";

/** A folder for pictures of every state, to be looked at; none are taken without it. */
const pictures = process.env.ATELIER_SCREENSHOTS;

/** The browser of all visits of this process: it takes half a second to start. */
let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

interface Site {
  url: string;
  close(): Promise<void>;
}

interface Look {
  width?: number;
  scheme?: "light" | "dark";
  /** What the page may complain of. */
  complaints?: RegExp;
}

/** A visit to a page at some hash. */
export type Visit = (
  hash: string,
  tour: (page: Page, context: BrowserContext) => Promise<void>,
  look?: Look,
) => Promise<void>;

/**
 * Visits to a site that is started before the tests of a file and closed after them.
 *
 * A visit ends with what holds in every state, under a policy that allows nothing inline: no error, no other origin,
 * nothing moves, axe has no objection.
 *
 * @param name - what the pictures of this site begin with
 */
export function newVisits(start: () => Promise<Site>, name = ""): Visit {
  let site: Site | undefined;
  let context: BrowserContext | undefined;
  let left: Page | undefined; // by the visit before, as it was: to open and close one takes longer than many a visit
  let taken = 0;

  before(async () => {
    if (skip) return;
    site = await start();
    browser ??= launchBrowser(["--process-per-site"]);
    const permissions = ["clipboard-read", "clipboard-write"];
    context = await (await browser).newContext({ reducedMotion: "reduce", permissions });
    await (await context.newPage()).goto(`${site.url}/none`); // stays open: later pages share its process, and what it compiled
    await context.addInitScript(watchShifts);
  });
  after(async () => {
    await context?.close();
    await site?.close();
  });

  async function takePicture(page: Page, state: string): Promise<void> {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    const file = `${name}${String(++taken).padStart(2, "0")}${state}.png`;
    await page.screenshot({ path: join(pictures, file), fullPage: true });
  }

  return async (hash, tour, { width = 1280, scheme = "light", complaints = /^$/ } = {}) => {
    const { url } = site!;
    const page = left ?? (await context!.newPage());
    left = undefined;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    const [errors, elsewhere]: string[][] = [[], []];
    const onError = ({ message }: Error) => errors.push(message);
    const onConsole = (message: ConsoleMessage) => {
      if (["error", "warning"].includes(message.type()) && !complaints.test(message.text())) errors.push(message.text()); // prettier-ignore
    };
    const onRequest = (request: Request) => {
      if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
    };
    page.on("pageerror", onError).on("console", onConsole).on("request", onRequest);
    try {
      const response = await page.goto(`${url}${hash}`);
      assert.doesNotMatch(response!.headers()["content-security-policy"], /unsafe/);
      await tour(page, context!);
      await takePicture(page, `${hash.replace(/\W+/g, "-")}-${width}-${scheme}`);
      await check(page);
      assert.deepEqual([errors, elsewhere], [[], []]);
    } catch (error) {
      await page.evaluate(() => localStorage.clear()).catch(() => {}); // a page that is broken keeps nothing
      await page.close();
      throw error;
    }
    page.off("pageerror", onError).off("console", onConsole).off("request", onRequest);
    await leave(page);
    left = page;
  };
}

/** Takes from a page what a visit has left in it. */
async function leave(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.mouse.move(0, 0);
  await page.goto("about:blank");
}

function watchShifts(): void {
  const shifts = Object.assign(window, { shifted: 0 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { hadRecentInput: boolean; value: number })[])
      if (!entry.hadRecentInput) shifts.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

async function check(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(options: object): Promise<AxeResult> } }).axe.run({
      resultTypes: ["violations"],
    });
    const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join()}`);
    const root = document.documentElement;
    const shifted = (window as unknown as { shifted: number }).shifted;
    return { told, shifted, wider: root.scrollWidth - root.clientWidth };
  });
  assert.deepEqual(found.told.filter((line) => /^(serious|critical)/.test(line)), []); // prettier-ignore
  assert.ok(found.shifted < 0.1, `the page shifted by ${found.shifted}`);
  assert.ok(found.wider <= 0, `the page is ${found.wider} pixels wider than its window`);
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}
