import { randomUUID } from "crypto";
import { display } from "../notebook/display";
import { show } from "../notebook/show";
import { escapeHTML } from "../text";
import { kernelComms } from "./kernelComms";
import type { Widget } from "./widget";

/** The values of controls. */
export type ValuesOf<Given> = { [Name in keyof Given]: Given[Name] extends Widget<infer Value> ? Value : never };

/**
 * Shows controls, and below them what a function makes of their values: at once, and again whenever one is moved. While an
 * asynchronous function is at work, later moves wait, and only the last of them counts. What goes wrong after the first time
 * is shown in the result's place.
 *
 * @returns nothing, so that a cell may end in it; a promise of the first result where the function is asynchronous
 * @throws what the function throws the first time
 */
export function interact<Given extends Record<string, { value: unknown }>>(
  f: (values: ValuesOf<Given>) => unknown,
  controls: Given & Record<string, Widget<any>>, // oxlint-disable-line typescript/no-explicit-any
): void | Promise<void> {
  const widgets: Widget<unknown>[] = Object.values(controls);
  const values = () =>
    Object.fromEntries(Object.entries(controls).map(([name, { value }]) => [name, value])) as ValuesOf<Given>;
  const place = newPlace();
  const again = newLastWins(async () => {
    try {
      await place.put(await f(values()));
    } catch (error) {
      place.fail(error);
    }
  });
  for (const widget of widgets) {
    void show(widget);
    widget.onChange(again);
  }
  const first = f(values());
  return isThenable(first) ? again.during(first.then(place.put)) : place.put(first);
}

/** A work that is done anew after each call, those that come meanwhile together. */
function newLastWins(work: () => Promise<void>) {
  let running: Promise<void> | undefined;
  let isAsked = false;
  const run = async (first: () => Promise<void>) => {
    try {
      await first();
    } finally {
      running = undefined;
      if (isAsked) again();
    }
  };
  const again = () => {
    isAsked = running !== undefined;
    if (!isAsked) running = run(work);
  };
  /** The same for a work that is under way. */
  const during = (known: Promise<void>) => (running = run(() => known));
  return Object.assign(again, { during });
}

/** One output, which is replaced. */
function newPlace() {
  const id = randomUUID();
  let isThere = false;
  const options = () => {
    const update = isThere;
    isThere = true;
    return { id, update };
  };
  return {
    put: (value: unknown): void | Promise<void> => {
      if (value !== undefined) return show(value, options());
      if (isThere) display({ "text/plain": "" }, options());
    },
    fail: (error: unknown) => {
      const lines = kernelComms()?.report(error).traceback ?? [String(error)];
      const text = lines.filter((line) => !OWN_FRAME.test(line)).join("\n");
      display({ "text/html": `<pre style="${RED}">${escapeHTML(text)}</pre>`, "text/plain": text }, options());
    },
  };
}

/** A line of a traceback that speaks of this room. */
const OWN_FRAME = /^\s+at .*\blib[\\/]widgets[\\/]/;

const RED = "color:#c6403a;white-space:pre-wrap";

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
