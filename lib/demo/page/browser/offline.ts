/// <reference lib="dom" />
import { byId } from "./element";
import { ask, Unreachable } from "./server";

/** Shows an error where it belongs: a server that does not answer at the edge of the page, all else by the view's own means. */
export function report(error: unknown, show: (sentence: string) => void): void {
  if (error instanceof Unreachable) byId("offline").hidden = false;
  else show(error instanceof Error ? error.message : String(error));
}

/** The button of that note: asks the server again, and when it is back, the view. */
export function startRetry(again: () => void): void {
  byId("retry").addEventListener("click", async () => {
    const back = await ask("/api/categories").then(
      () => true,
      (error) => !(error instanceof Unreachable),
    );
    if (!back) return;
    byId("offline").hidden = true;
    again();
  });
}
