/// <reference lib="dom" />
import { type Item, MOST_ITEMS, type Recommendations, type ScoredItem } from "../../api";
import { byId, chosen, element } from "./element";
import { latest } from "./latest";
import { announce } from "./news";
import { OFFERS, showNoOffers, showOffers } from "./offers";
import { report } from "./offline";
import { ask, posted } from "./server";
import { emptyThings, replaceThings, thingButton } from "./things";
import { showUserError } from "./userError";

/** Things of the shop that are shown at a time. */
const SHELF = 24;
const ALL = "All kinds";

/** What somebody new sees and has clicked. */
interface Visit {
  /** All there is in the shop; none before it is known. */
  items: Item[];
  liked: Map<number, Item>;
  kind: string;
  page: number;
}

/** The part for somebody new: click on what you like, and see what follows. Returns what shows it. */
export function startNewcomer(open: (item: Item) => void, refuse: (sentence: string) => void): () => void {
  const visit: Visit = { items: [], liked: new Map(), kind: ALL, page: 0 };
  const offer = latest<number[]>(
    async (wish, outdated) => {
      const items = await offersFor(wish);
      if (items && !outdated() && chosen("whom") === "newcomer") showWish(items, open);
    },
    (error, again) => report(error, refuse, again),
  );
  const change = (liked: Item[]) => {
    visit.liked = new Map(liked.map((item) => [item.id, item]));
    showShelf(visit, toggle);
    showLiked(visit, toggle);
    offer([...visit.liked.keys()]);
  };
  const toggle = (item: Item) => {
    const others = [...visit.liked.values()].filter(({ id }) => id !== item.id);
    if (others.length >= MOST_ITEMS)
      return showUserError(`${MOST_ITEMS} things are enough; take one back to choose another.`);
    showUserError("");
    change(visit.liked.has(item.id) ? others : [...others, item]);
  };
  byId("forget").addEventListener("click", () => change([]));
  listenForShelf(visit, () => showShelf(visit, toggle));
  byId("shelf").replaceChildren(...emptyThings(SHELF));
  const enter = () => {
    const ready = visit.items.length > 0 ? Promise.resolve() : fillShop(visit);
    ready.then(
      () => change([...visit.liked.values()]),
      (error) => report(error, refuse, enter),
    );
    showLiked(visit, toggle);
    if (visit.liked.size === 0) offer([]);
  };
  return enter;
}

/** What the server offers to somebody who likes these things; nothing, and a sentence that says so, without any. */
async function offersFor(liked: number[]): Promise<ScoredItem[] | undefined> {
  if (liked.length === 0) return void showNoOffers("Nothing clicked yet: choose at least one thing.");
  return (await ask<Recommendations>("/api/recommend", posted({ liked, count: OFFERS }))).items;
}

function showWish(items: ScoredItem[], open: (item: Item) => void): void {
  showOffers(items, open);
  announce(`${items.length} recommendations, first ${items[0]?.title ?? "none"}.`);
}

async function fillShop(visit: Visit): Promise<void> {
  visit.items = await ask<Item[]>("/api/items");
  const kinds = [ALL, ...[...new Set(visit.items.map(({ category }) => category))].sort()];
  byId("kind").replaceChildren(...kinds.map((kind) => element("option", {}, kind)));
}

/** The kind of things, and other ones of it. */
function listenForShelf(visit: Visit, show: () => void): void {
  const select = byId<HTMLSelectElement>("kind");
  select.replaceChildren(element("option", {}, ALL));
  select.addEventListener("change", () => {
    [visit.kind, visit.page] = [select.value, 0];
    show();
  });
  byId("others").addEventListener("click", () => {
    visit.page++;
    show();
  });
}

function showShelf({ items, liked, kind, page }: Visit, toggle: (item: Item) => void): void {
  const shown = shelfOf(items, kind, page);
  const buttons = shown.map((item) => thingButton(item, { onclick: () => toggle(item), pressed: liked.has(item.id) }));
  replaceThings(byId("shelf"), [...buttons, ...emptyThings(SHELF - shown.length, "gap")]);
}

function showLiked({ liked }: Visit, toggle: (item: Item) => void): void {
  byId("liked-count").textContent = String(liked.size);
  byId<HTMLButtonElement>("forget").disabled = liked.size === 0;
  const buttons = [...liked.values()].map((item) => thingButton(item, { onclick: () => toggle(item), pressed: true }));
  replaceThings(byId("liked"), buttons.length > 0 ? buttons : emptyThings(1));
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
