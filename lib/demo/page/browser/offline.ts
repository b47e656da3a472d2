/// <reference lib="dom" />
import { byId } from "./element";
import { ask, Unreachable } from "./server";

/**
 * Shows an error where it belongs: a server that does not answer at the edge of the page, all else by the view's own
 * means.
 *
 * @param again - what to do once the server is back
 */
export function report(error: unknown, show: (sentence: string) => void, again: () => void): void {
  if (!(error instanceof Unreachable)) return show(error instanceof Error ? error.message : String(error));
  (document.querySelector("dialog[open]") ?? document.body).append(byId("offline")); // beside a dialog nothing can be clicked
  byId("offline").hidden = false;
  waiting.push(again);
}

let waiting: (() => void)[] = [];

/** The button of that note asks the server. As soon as anything is answered, all that failed is done again. */
export function startRetry(): void {
  byId("retry").addEventListener("click", () => void ask("/api/categories").catch(() => {}));
  addEventListener("answered", () => {
    byId("offline").hidden = true;
    const failed = waiting;
    waiting = [];
    failed.forEach((again) => again());
  });
}
