/// <reference lib="dom" />
import type { ExplainedClassification, Example } from "../../api";
import { byId, chosen, onChosen } from "./element";
import { markExample, showExamples } from "./examples";
import { latest } from "./latest";
import { announce } from "./news";
import { report } from "./offline";
import { startPictureInput } from "./pictureInput";
import { ask } from "./server";
import { smallEnough } from "./smallEnough";
import { type Sketch, startSketch, type Tool } from "./sketch";
import { showNothing, showVerdict } from "./verdict";

/** What is to be named: a file, the drawing, or an example. */
type Subject = { file: Blob } | { drawing: Sketch } | { example: Example };

/**
 * The first tab.
 *
 * @param come - brings the tab to the front, for a picture that is pasted or dropped elsewhere
 * @returns what to do when the tab is opened
 */
export function startClassify(come: () => void): () => void {
  let untouched = true;
  let picture: Subject | undefined; // the last one that was not drawn
  const classify = latest<Subject>(showAnswer, (error, again) => report(error, refuse, again));
  const take = (subject: Subject) => {
    untouched = false;
    if (!("drawing" in subject)) picture = subject;
    choose("drawing" in subject ? "sketch" : "photo");
    showChosen("file" in subject ? (subject.file as File) : undefined);
    markExample("example" in subject ? subject.example.id : undefined);
    classify(subject);
  };
  const drawing = startDrawing(() => take({ drawing }));
  const takeFile = (file: File) => {
    come();
    take({ file });
  };
  startPictureInput(takeFile, (sentence) => {
    if (!byId("panel-classify").hidden) refuse(sentence);
  });
  onChosen("source", (source) => {
    if (source === "sketch") take({ drawing });
    else if (picture) take(picture);
    else choose(source);
  });
  let opened: Promise<void> | undefined;
  const open = () => {
    opened ??= showExamples((example) => take({ example })).then(
      (first) => (untouched && first ? take({ example: first }) : undefined),
      (error) => {
        opened = undefined;
        report(error, refuse, open);
      },
    );
  };
  return open;
}

async function showAnswer(subject: Subject, outdated: () => boolean): Promise<void> {
  if ("drawing" in subject && subject.drawing.isEmpty())
    return showNothing("Draw something, and the network names it while you draw.");
  byId("result").setAttribute("aria-busy", String(!("drawing" in subject))); // answers to strokes follow one another
  const answer = await requestFor(subject).finally(() => byId("result").setAttribute("aria-busy", "false"));
  if (outdated() && !("drawing" in subject)) return;
  showVerdict(answer, "example" in subject ? subject.example.label : undefined);
  announce(`${answer.label}, ${Math.round(100 * answer.confidences[0].confidence)} percent sure.`);
}

async function requestFor(subject: Subject): Promise<ExplainedClassification> {
  if ("example" in subject) return ask(`/api/classify?steps=true&example=${subject.example.id}`, { method: "POST" });
  const body = "file" in subject ? await smallEnough(subject.file) : await subject.drawing.toBlob();
  return ask("/api/classify?steps=true", { method: "POST", headers: { "content-type": typeOf(body) }, body });
}

/** What it really is, the server finds out, and refuses in words for people if it must. */
function typeOf({ type }: Blob): string {
  return type.startsWith("image/") ? type : "application/octet-stream";
}

function refuse(sentence: string): void {
  showNothing(sentence, { failed: true });
  announce(sentence);
}

/** The canvas with its pens and buttons. */
function startDrawing(changed: () => void): Sketch {
  const pen = () => ({
    tool: chosen("tool") as Tool,
    size: Number(chosen("size")),
    shade: Number(chosen("shade")),
  });
  const sketch = startSketch(byId<HTMLCanvasElement>("canvas"), pen, () => {
    for (const id of ["undo", "clear"]) byId<HTMLButtonElement>(id).disabled = sketch.isEmpty();
    changed();
  });
  byId("undo").addEventListener("click", sketch.undo);
  byId("clear").addEventListener("click", sketch.clear);
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
  picture.alt = `Your picture, ${file.name}`;
  picture.onerror = () => {
    picture.hidden = true;
    byId("drop").classList.remove("filled");
  };
  picture.src = URL.createObjectURL(file);
}
