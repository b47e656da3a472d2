/// <reference lib="dom" />
import { byId } from "./element";

/** Said to those who hear the page instead of seeing it, once what is shown stays as it is for a moment. */
export function announce(sentence: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => (byId("news").textContent = sentence), SETTLED);
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Milliseconds: while somebody draws, nothing is read out. */
const SETTLED = 600;
