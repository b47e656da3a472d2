/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { byId } from "./element";
import { parseRoute, type Route, TABS, type Tab, toHash } from "./route";

/**
 * The tabs, after the ARIA Authoring Practices: arrows, Home and End move between them, the address keeps the chosen one.
 *
 * @param open - told at the start and at each change what is to be shown
 */
export function startTabs(open: (route: Route) => void): void {
  const buttons = TABS.map((tab) => byId<HTMLButtonElement>(`tab-${tab}`));
  const memory = new Map<Tab, string>();
  const go = (tab: Tab) => {
    if (parseRoute(location.hash).tab !== tab || !location.hash) location.hash = memory.get(tab) ?? toHash(tab);
  };
  const show = () => {
    const route = parseRoute(location.hash);
    TABS.forEach((tab, place) => {
      const selected = tab === route.tab;
      buttons[place].setAttribute("aria-selected", String(selected));
      buttons[place].tabIndex = selected ? 0 : -1;
      byId(`panel-${tab}`).hidden = !selected;
    });
    document.title = `${buttons[TABS.indexOf(route.tab)].textContent?.trim()} · Atelier`;
    open(route);
  };
  buttons.forEach((button, place) => {
    button.addEventListener("click", () => go(TABS[place]));
    button.addEventListener("keydown", (event) => {
      const next = neighbour(event.key, place);
      if (next === undefined) return;
      event.preventDefault();
      buttons[next].focus();
      go(TABS[next]);
    });
  });
  addEventListener("hashchange", (event) => {
    const left = new URL(event.oldURL).hash;
    if (left) memory.set(parseRoute(left).tab, left);
    show();
  });
  show();
}

function neighbour(key: string, place: number): number | undefined {
  const last = TABS.length - 1;
  if (key === "ArrowRight") return place === last ? 0 : place + 1;
  if (key === "ArrowLeft") return place === 0 ? last : place - 1;
  if (key === "Home") return 0;
  return key === "End" ? last : undefined;
}
