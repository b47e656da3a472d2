/// <reference lib="dom" />
import type { Item } from "../../api";
import { element } from "./element";

/** How a thing of the shop is shown. */
interface ThingOptions {
  /** Called when it was clicked. */
  onclick: () => void;
  /** Whether it is chosen; undefined for what cannot be. */
  pressed?: boolean;
}

/** A picture of a thing to click on. */
export function thingButton({ title, picture }: Item, { onclick, pressed }: ThingOptions): HTMLButtonElement {
  const image = element("img", { src: picture, alt: "", width: 28, height: 28 });
  return element(
    "button",
    {
      type: "button",
      class: "thing",
      title,
      "aria-pressed": pressed === undefined ? undefined : String(pressed),
      onclick,
    },
    element("span", { class: "photo" }, image),
    element("span", { class: "title" }, title),
  );
}

/** Room for so many things: for those still to come, or a gap where there are no more, so that nothing moves. */
export function emptyThings(count: number, look: "waiting" | "gap" = "waiting"): HTMLElement[] {
  return Array.from({ length: count }, () => element("span", { class: `thing ${look}`, "aria-hidden": "true" }));
}

/** Puts other things into a place; the focus stays where it was, or goes to the last one left. */
export function replaceThings(place: HTMLElement, things: HTMLElement[]): void {
  const focused = [...place.children].indexOf(document.activeElement as Element);
  place.replaceChildren(...things);
  const buttons = things.filter((thing) => thing instanceof HTMLButtonElement);
  if (focused >= 0) buttons[Math.min(focused, buttons.length - 1)]?.focus();
}
