/// <reference lib="dom" />
import { element } from "../../page/browser/element";

/** An input on the page. */
export interface Field {
  root: HTMLElement;
  /** What is in it; a file where a picture was chosen. Throws an Error with a sentence where it cannot be sent. */
  read(): unknown;
  set(value: unknown): void;
}

/** A control under its label, whose own id ends in "-label". */
export function labelled(id: string, label: string, control: HTMLElement): HTMLElement {
  return element("div", { class: "field" }, element("label", { id: `${id}-label`, for: id }, label), control);
}
