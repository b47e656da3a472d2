/// <reference lib="dom" />
import type { Classification, Example } from "../../api";
import { byId, chosen, element, onChosen } from "./element";
import { latest } from "./latest";
import { announce } from "./news";
import { report } from "./offline";
import { startPictureInput } from "./pictureInput";
import { ask } from "./server";
import { smallEnough } from "./smallEnough";
import { startSketch, type Tool } from "./sketch";
import { showNothing, showVerdict } from "./verdict";

/** What is to be named: a file, the drawing, or an example. */
type Subject = { file: Blob } | { drawing: true } | { example: Example };

/**
 * The first tab.
 *
 * @param come - brings the tab to the front, for a picture that is pasted or dropped elsewhere
 * @returns what to do when the tab is opened
 */
export function startClassify(come: () => void): () => void {
  const refuse = (sentence: string) => {
    showNothing(sentence, { failed: true });
    announce(sentence);
  };
  const classify = latest<Subject>(
    async (subject) => {
      byId("result").setAttribute("aria-busy", "true");
      const truth = "example" in subject ? subject.example.label : undefined;
      const answer = await requestFor(subject).finally(() => byId("result").setAttribute("aria-busy", "false"));
      if (!answer) return showNothing("Draw something, and the network names it while you draw.");
      showVerdict(answer, truth);
      announce(`${answer.label}, ${Math.round(100 * answer.confidences[0].confidence)} percent sure.`);
    },
    (error, subject) => report(error, refuse, () => classify(subject)),
  );
  const { undo, clear, ...drawing } = startDrawing(() => classify({ drawing: true }));
  const requestFor = async (subject: Subject): Promise<Classification | undefined> => {
    if ("example" in subject) return ask(`/api/classify?example=${subject.example.id}`, { method: "POST" });
    if ("drawing" in subject && drawing.isEmpty()) return undefined;
    const body = "file" in subject ? await smallEnough(subject.file) : await drawing.toBlob();
    return ask("/api/classify", { method: "POST", headers: { "content-type": typeOf(body) }, body });
  };
  const takeFile = (file: File) => {
    come();
    choose("photo");
    showChosen(file);
    classify({ file });
  };
  startPictureInput(takeFile, (sentence) => {
    if (!byId("panel-classify").hidden) refuse(sentence);
  });
  byId("undo").addEventListener("click", undo);
  byId("clear").addEventListener("click", clear);
  onChosen("source", (source) => {
    choose(source);
    if (source !== "sketch") return;
    markExample(undefined);
    classify({ drawing: true });
  });
  const takeExample = (example: Example) => {
    choose("photo");
    showChosen(undefined);
    markExample(example.id);
    classify({ example });
  };
  let opened = false;
  const open = async () => {
    if (opened) return;
    opened = true;
    await ask<Example[]>("/api/examples").then(
      (examples) => {
        byId("examples").replaceChildren(
          ...examples.map((example) => exampleButton(example, () => takeExample(example))),
        );
        if (examples.length > 0) takeExample(examples[0]);
      },
      (error) => {
        opened = false;
        report(error, refuse, open);
      },
    );
  };
  return open;
}

/** The canvas with its pens and buttons. */
function startDrawing(changed: () => void) {
  const pen = () => ({
    tool: chosen("tool") as Tool,
    size: Number(chosen("size")),
    shade: Number(chosen("shade")),
  });
  const sketch = startSketch(byId<HTMLCanvasElement>("canvas"), pen, () => {
    for (const id of ["undo", "clear"]) byId<HTMLButtonElement>(id).disabled = sketch.isEmpty();
    markExample(undefined);
    changed();
  });
  return sketch;
}

/** Shows the part for files or the one for drawing. */
function choose(source: string): void {
  const button = document.querySelector<HTMLInputElement>(`input[name="source"][value="${source}"]`);
  if (button) button.checked = true;
  byId("photo").hidden = source !== "photo";
  byId("sketch").hidden = source !== "sketch";
}

function showChosen(file: File | undefined): void {
  const picture = byId<HTMLImageElement>("chosen");
  if (picture.src) URL.revokeObjectURL(picture.src);
  picture.hidden = !file;
  byId("drop").classList.toggle("filled", Boolean(file));
  if (!file) return picture.removeAttribute("src");
  markExample(undefined);
  picture.alt = `Your picture, ${file.name}`;
  picture.onerror = () => {
    picture.hidden = true;
    byId("drop").classList.remove("filled");
  };
  picture.src = URL.createObjectURL(file);
}

/** What it really is, the server finds out, and refuses in words for people if it must. */
function typeOf({ type }: Blob): string {
  return type.startsWith("image/") ? type : "application/octet-stream";
}

function exampleButton({ id, label, picture }: Example, onclick: () => void): HTMLElement {
  const image = element("img", { src: picture, alt: label, width: 28, height: 28 });
  return element(
    "button",
    { type: "button", title: label, "data-example": id, "aria-pressed": "false", onclick },
    image,
  );
}

function markExample(id: number | undefined): void {
  byId("examples")
    .querySelectorAll("button")
    .forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.example === String(id))));
}
