/// <reference lib="dom" />
import type { Item, Reason, ScoredItem } from "../../api";
import { byId, element } from "./element";
import { thingButton } from "./things";

/** Recommendations that are asked for and shown. */
export const OFFERS = 12;

/** Shows recommendations, each with what its score is made of; a click asks for similar ones. */
export function showOffers(items: ScoredItem[], open: (item: Item) => void): void {
  const names = [...new Set(items.flatMap(({ reasons }) => reasons.map(({ name }) => name)))].sort();
  const longest = Math.max(...items.map(({ reasons }) => lengthOf(reasons)));
  byId("legend").replaceChildren(
    ...names.map((name, kind) => element("li", {}, element("span", { class: `swatch kind-${kind}` }), name)),
  );
  byId("offer").setAttribute("aria-busy", "false");
  byId("offers").replaceChildren(
    ...items.map((item) =>
      element("li", {}, thingButton(item, { onclick: () => open(item) }), reasonBar(item, { names, longest })),
    ),
  );
}

/** Room for the offers that are still to come, or a sentence in their place. */
export function showNoOffers(sentence?: string): void {
  byId("legend").replaceChildren();
  byId("offer").setAttribute("aria-busy", String(!sentence));
  const waiting = Array.from({ length: OFFERS }, () => element("li", { class: "waiting", "aria-hidden": "true" }));
  byId("offers").replaceChildren(...(sentence ? [element("li", { class: "placeholder" }, sentence)] : waiting));
}

/** A bar of the parts of a score, over the same scale for all; what speaks against the item is striped. */
function reasonBar({ score, reasons }: ScoredItem, scale: { names: string[]; longest: number }): HTMLElement {
  const parts = reasons.map(({ name, value }) => {
    const part = element("span", { class: `kind-${scale.names.indexOf(name)}${value < 0 ? " against" : ""}` });
    part.style.inlineSize = `${(100 * Math.abs(value)) / scale.longest}%`;
    return part;
  });
  const account = reasons.map(({ name, value }) => `${name} ${value.toFixed(2)}`).join(", ");
  const label = `Score ${score.toFixed(2)}: ${account}`;
  return element(
    "div",
    { class: "why" },
    element("div", { class: "stack", role: "img", "aria-label": label, title: label }, ...parts),
    element("span", { class: "score" }, score.toFixed(2)),
    element("span", { class: "note" }, reasons[0]?.name ?? ""),
  );
}

function lengthOf(reasons: Reason[]): number {
  return reasons.reduce((sum, { value }) => sum + Math.abs(value), 0);
}
