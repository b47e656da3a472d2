/// <reference lib="dom" />

/** The tabs of the page, in their order. */
export const TABS = ["classify", "recommend", "forecast"] as const;
export type Tab = (typeof TABS)[number];

/** What the page shows: a tab, and what was chosen in it. */
export interface Route {
  tab: Tab;
  choices: URLSearchParams;
}

/** Reads the part of an address after the #, such as "#forecast?category=Coat"; the first tab where it is none. */
export function parseRoute(hash: string): Route {
  const [name, query = ""] = hash.replace(/^#/, "").split("?");
  return { tab: TABS.find((tab) => tab === name) ?? TABS[0], choices: new URLSearchParams(query) };
}

/** The way back of `parseRoute`. */
export function toHash(tab: Tab, choices: Record<string, string> = {}): string {
  const query = new URLSearchParams(choices).toString();
  return `#${tab}${query && `?${query}`}`;
}

/** Notes a choice in the address, so that a reload keeps it; no new entry in the browser's history. */
export function rememberChoices(tab: Tab, choices: Record<string, string>): void {
  if (parseRoute(location.hash).tab === tab) history.replaceState(null, "", toHash(tab, choices));
}
