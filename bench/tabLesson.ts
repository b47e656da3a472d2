import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { skip, skipFirefox } from "../test/browser";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- tab-lesson [--lesson 01] [--browser chromium] [--full] [--width 1280] [--pictures FOLDER]

Builds the site with one lesson, opens it in JupyterLite as somebody who has never been there, runs all cells, and does the same once
more without a network. Each cell must end without an error, and each figure must be drawn. Firefox is Debian's, without a window.

  --lesson    its number
  --browser   chromium or firefox; default each that is here, one after the other
  --full      with the lesson's own parameters; default its quick ones
  --width     pixels across the page
  --pictures  keeps a picture of each figure, and of the page`;

const OPTIONS = {
  lesson: { type: "string", default: "01" },
  browser: { type: "string" },
  full: { type: "boolean", default: false },
  width: { type: "string", default: "1280" },
  pictures: { type: "string" },
} as const;

const MISSING = { chromium: skip, firefox: skipFirefox };

/** A browser that lessons are opened in. */
export type BrowserName = keyof typeof MISSING;

/** `npm run bench -- tab-lesson`: a lesson from its first visit to its last cell, with and without a network. */
export async function benchTabLesson(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const { lesson, full, pictures } = values;
  const width = wholeNumber("width", values.width, 9999);
  const browsers = chosenBrowsers(values.browser);
  const { visitLesson } = await import("./tabLesson/visitLesson");
  return (await visitLesson({ lesson, browsers, full, width, pictures, signal: abortOnInterrupt() })) ? 0 : 1;
}

function chosenBrowsers(asked: string | undefined): BrowserName[] {
  const names = Object.keys(MISSING) as BrowserName[];
  const chosen = asked === undefined ? names.filter((name) => !MISSING[name]) : names.filter((name) => name === asked);
  if (chosen.length === 0 && asked !== undefined)
    throw new UsageError(`--browser is "${asked}"; give ${names.join(" or ")}`);
  const why =
    chosen.length === 0 ? Object.values(MISSING).join(", ") : chosen.map((name) => MISSING[name]).find(Boolean);
  if (why) throw new UsageError(`tab-lesson needs Chromium or Firefox: ${why}`);
  return chosen;
}
