/// <reference lib="dom" />
import type { Item, SimilarItems } from "../../api";
import { byId } from "./element";
import { latest } from "./latest";
import { report } from "./offline";
import { ask } from "./server";
import { emptyThings, thingButton } from "./things";

const COUNT = 12;

/** A dialog with what is most like an item; a click in it goes on from there. */
export function startSimilar(): (item: Item) => void {
  const dialog = byId<HTMLDialogElement>("similar");
  byId("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => document.body.append(byId("offline"))); // where it is seen without the dialog
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it
  });
  const load = latest<Item>(
    async (item, outdated) => {
      const { items } = await ask<SimilarItems>(`/api/similar?item=${item.id}&count=${COUNT}`);
      if (outdated()) return;
      byId("similar-items").replaceChildren(...items.map((one) => thingButton(one, { onclick: () => open(one) })));
    },
    (error, again) => report(error, refuse, again),
  );
  const refuse = (sentence: string) => {
    byId("similar-note").textContent = sentence;
    byId("similar-items").replaceChildren();
  };
  const open = (item: Item) => {
    byId("similar-title").textContent = `Similar to ${item.title}`;
    byId("similar-note").textContent = "What looks alike, and is bought by the same people.";
    byId<HTMLImageElement>("similar-picture").src = item.picture;
    byId("similar-items").replaceChildren(...emptyThings(COUNT));
    if (!dialog.open) dialog.showModal();
    byId("close").focus();
    load(item);
  };
  return open;
}
