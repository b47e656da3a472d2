/// <reference lib="dom" />
import type { Item, Recommendations } from "../../api";
import { byId, chosen, element } from "./element";
import { latest } from "./latest";
import { announce } from "./news";
import { OFFERS, showNoOffers, showOffers } from "./offers";
import { report } from "./offline";
import { ask, posted } from "./server";
import { emptyThings, thingButton } from "./things";

/** Things of the shop that are shown at a time. */
const SHELF = 24;
const ALL = "All kinds";

/** The part for somebody new: click on what you like, and see what follows. Returns what shows it. */
export function startNewcomer(open: (item: Item) => void, refuse: (sentence: string) => void): () => void {
  const liked = new Map<number, Item>();
  let items: Item[] = [];
  let kind = ALL;
  let page = 0;
  const offer = latest<number[]>(
    async (wish) => {
      if (wish.length === 0) return showNoOffers("Nothing clicked yet: choose at least one thing.");
      const wanted = posted({ liked: wish, count: OFFERS });
      const answer = await ask<Recommendations>("/api/recommend", wanted);
      if (chosen("whom") !== "newcomer") return;
      showOffers(answer.items, open);
      announce(`${answer.items.length} recommendations, first ${answer.items[0]?.title ?? "none"}.`);
    },
    (error, wish) => report(error, refuse, () => offer(wish)),
  );
  const toggle = (item: Item) => {
    if (!liked.delete(item.id)) liked.set(item.id, item);
    showShelf();
    showLiked();
    offer([...liked.keys()]);
  };
  const showShelf = () => {
    const shown = shelfOf(items, kind, page);
    const shelf = byId("shelf");
    const focused = [...shelf.children].indexOf(document.activeElement as Element);
    shelf.replaceChildren(
      ...shown.map((item) => thingButton(item, { onclick: () => toggle(item), pressed: liked.has(item.id) })),
      ...emptyThings(SHELF - shown.length, "gap"),
    );
    (shelf.children[focused] as HTMLElement | undefined)?.focus();
  };
  const showLiked = () => {
    byId("liked-count").textContent = String(liked.size);
    byId<HTMLButtonElement>("forget").disabled = liked.size === 0;
    const shown = [...liked.values()].map((item) => thingButton(item, { onclick: () => toggle(item), pressed: true }));
    byId("liked").replaceChildren(...(shown.length > 0 ? shown : emptyThings(1)));
  };
  byId("others").addEventListener("click", () => {
    page++;
    showShelf();
  });
  const select = byId<HTMLSelectElement>("kind");
  select.replaceChildren(element("option", {}, ALL));
  select.addEventListener("change", () => {
    [kind, page] = [select.value, 0];
    showShelf();
  });
  byId("forget").addEventListener("click", () => {
    liked.clear();
    showShelf();
    showLiked();
    offer([]);
  });
  byId("shelf").replaceChildren(...emptyThings(SHELF));
  const load = async () => {
    items = await ask<Item[]>("/api/items");
    const kinds = [ALL, ...[...new Set(items.map(({ category }) => category))].sort()];
    select.replaceChildren(...kinds.map((name) => element("option", {}, name)));
    showShelf();
  };
  const enter = () => {
    showLiked();
    if (items.length === 0) load().catch((error) => report(error, refuse, enter));
    offer([...liked.keys()]);
  };
  return enter;
}

/**
 * What the shelf shows: a page of the items of a kind or of all kinds, round and round.
 *
 * @returns as many as fit, fewer where a kind has no more
 */
export function shelfOf<Thing extends { category: string }>(items: Thing[], kind: string, page: number): Thing[] {
  const own = kind === ALL ? items : items.filter(({ category }) => category === kind);
  const pages = Math.max(1, Math.floor(own.length / SHELF));
  const start = (page % pages) * SHELF;
  return own.slice(start, start + SHELF);
}
