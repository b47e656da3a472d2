/// <reference lib="dom" />
import type { Example } from "../../api";
import { byId, element } from "./element";
import { ask } from "./server";

/** Fetches and shows the pictures to try; `take` is called with the one that was clicked. Resolves to the first. */
export async function showExamples(take: (example: Example) => void): Promise<Example | undefined> {
  const examples = await ask<Example[]>("/api/examples");
  byId("examples").replaceChildren(...examples.map((example) => buttonOf(example, () => take(example))));
  return examples[0];
}

/** Shows which example is looked at, if any. */
export function markExample(id: number | undefined): void {
  byId("examples")
    .querySelectorAll("button")
    .forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.example === String(id))));
}

function buttonOf({ id, label, picture }: Example, onclick: () => void): HTMLElement {
  const image = element("img", { src: picture, alt: label, width: 28, height: 28 });
  return element(
    "button",
    { type: "button", title: label, "data-example": id, "aria-pressed": "false", onclick },
    image,
  );
}
