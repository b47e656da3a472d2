/// <reference lib="dom" />
import { element } from "./element";

/** Rows of the list that are made at most; typing narrows it. */
const MOST = 60;

/** What a combobox works with. */
export interface Combobox {
  input: HTMLInputElement;
  list: HTMLElement;
  /** All that can be chosen. */
  options: string[];
  /** Called with what was chosen from the list. */
  choose: (option: string) => void;
}

/**
 * An input with a list of what begins like the text in it, after the ARIA Authoring Practices: arrows move, Enter takes,
 * Escape closes. Other text may be typed as well.
 */
export function startCombobox({ input, list, options, choose }: Combobox): void {
  let active = -1;
  const rows = () => Array.from(list.children) as HTMLElement[];
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const take = (option: string) => {
    input.value = option;
    close();
    choose(option);
  };
  const open = (typed: string) => {
    const found = matching(options, typed).slice(0, MOST);
    list.replaceChildren(...found.map((option, place) => row(option, `${list.id}-${place}`)));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    move(-1);
  };
  const move = (to: number) => {
    active = to;
    rows().forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    const marked = rows()[active];
    if (!marked) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", marked.id);
    marked.scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("click", () => (list.hidden ? open("") : close()));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const last = rows().length - 1;
    if (event.key === "Escape" && !list.hidden) event.preventDefault();
    if (event.key === "Escape") close();
    if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(rows()[active].textContent ?? "");
    } else if (event.key === "Enter") close(); // what is typed is taken
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) open("");
    else if (event.key === "ArrowDown") move(active >= last ? 0 : active + 1);
    else move(active <= 0 ? last : active - 1);
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the input keeps the focus
    const option = (event.target as Element).closest("[role=option]")?.textContent;
    if (option) take(option);
  });
}

/** Those that begin like the text, then those that hold it. */
export function matching(options: string[], typed: string): string[] {
  const text = typed.trim().toLowerCase();
  const starts = options.filter((option) => option.toLowerCase().startsWith(text));
  const holds = options.filter((option) => option.toLowerCase().indexOf(text) > 0);
  return text === "" ? options : [...starts, ...holds];
}

function row(option: string, id: string): HTMLElement {
  return element("li", { id, role: "option", "aria-selected": "false" }, option);
}
