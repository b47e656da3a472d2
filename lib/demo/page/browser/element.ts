/// <reference lib="dom" />

/** Attributes by their HTML names; a function is a listener, false and undefined leave the attribute out. */
type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/** Makes an element: `element("li", { class: "item", onclick: open }, "Text", picture)`. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.replace(/^on/, ""), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** The element of this id in the page, as what it is known to be. */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`byId(): the page has no element with the id ${id}`);
  return found as Kind;
}

/** The chosen one of the radio buttons of a name. */
export function chosen(name: string): string {
  return document.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value ?? "";
}

/** Calls back whenever another radio button of a name is chosen. */
export function onChosen(name: string, then: (value: string) => void): void {
  document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`).forEach((button) => {
    button.addEventListener("change", () => then(button.value));
  });
}
