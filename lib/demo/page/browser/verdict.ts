/// <reference lib="dom" />
import type { ExplainedClassification, PictureStep } from "../../api";
import { byId, element } from "./element";

/** Classes that are shown. */
const SHOWN = 5;

/** Shows what the network says of a picture; `truth` is the class an example is known to have. */
export function showVerdict(
  { label, confidences, picture, steps, milliseconds }: ExplainedClassification,
  truth?: string,
): void {
  byId("result").classList.remove("empty", "failed");
  const seen = byId<HTMLImageElement>("seen");
  seen.src = picture;
  seen.alt = "The picture as the network sees it";
  seen.hidden = false;
  byId("answer").textContent = label;
  byId("answer-note").replaceChildren(...noteOf(label, truth));
  byId("time").textContent = `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  byId("bars").replaceChildren(...confidences.slice(0, SHOWN).map(barOf));
  const shown = steps.length > 0 ? steps : [{ name: "As it is", note: NOTHING_DONE, picture }];
  byId("steps").replaceChildren(...shown.map(stepOf));
}

/** Shows that there is no picture, or why it was refused; the room stays. */
export function showNothing(sentence: string, { failed = false } = {}): void {
  byId("result").classList.add("empty");
  byId("result").classList.toggle("failed", failed);
  byId<HTMLImageElement>("seen").hidden = true;
  byId("answer").textContent = failed ? "No answer" : "Nothing yet";
  byId("answer-note").textContent = sentence;
  byId("time").textContent = "";
  byId("bars").replaceChildren();
  byId("steps").replaceChildren(element("li", { class: "note" }, "Shown as soon as there is a picture."));
}

const NOTHING_DONE = "Examples have the network's form already.";

function noteOf(label: string, truth: string | undefined): (Node | string)[] {
  if (truth === undefined) return ["The network says"];
  const right = label === truth;
  const verdict = right ? "rightly" : `wrongly: it is of the kind ${truth}`;
  return ["The network says, ", element("span", { class: right ? "right" : "wrong" }, verdict)];
}

function barOf({ label, confidence }: ExplainedClassification["confidences"][number]): HTMLElement {
  const percent = 100 * confidence;
  const fill = element("span", { class: "fill" });
  fill.style.inlineSize = `${percent}%`;
  const text = percent > 0 && percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
  const meter = element(
    "span",
    {
      ...{ class: "meter", role: "meter", "aria-label": label, "aria-valuetext": text },
      ...{ "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": percent.toFixed(1) },
    },
    fill,
  );
  return element("li", {}, element("span", {}, label), meter, element("span", { class: "number" }, text));
}

function stepOf({ name, note, picture }: PictureStep): HTMLElement {
  return element(
    "li",
    {},
    element("span", { class: "frame" }, element("img", { src: picture, alt: "" })),
    element("b", {}, name),
    element("span", { class: "note" }, note),
  );
}
