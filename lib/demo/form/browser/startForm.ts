/// <reference lib="dom" />
import { byId, element } from "../../page/browser/element";
import { announce } from "../../page/browser/news";
import { ask } from "../../page/browser/server";
import { startThemeButton } from "../../page/browser/theme";
import { defaultOf, labelOf } from "../../components/component";
import type { NamedInput } from "../../gradio/endpoint";
import type { FormDescription } from "../formDescription";
import { callEndpoint } from "./callEndpoint";
import type { Field } from "./field";
import { makeField } from "./fields";
import { drawPlots } from "./plots";
import { showResult } from "./results";

/** Builds the form of the function that is served, and brings it to life. */
export async function startForm(): Promise<void> {
  startThemeButton(byId("theme"), drawPlots);
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault()); // opens no file
  try {
    const form = await ask<FormDescription>("/form");
    showForm(form);
  } catch (error) {
    fail(error as Error);
  }
  byId("form").hidden = false; // in one piece, so that nothing moves
}

function showForm(form: FormDescription): void {
  document.title = form.title;
  byId("title").textContent = form.title;
  byId("description").textContent = form.description;
  const fields = form.inputs.map(makeField);
  byId("inputs").replaceChildren(...fields.map(({ root }) => root));
  fields.forEach((field, place) => field.set(defaultOf(form.inputs[place])));
  const run = newRun(form, fields);
  byId("fields").addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  byId("examples-part").hidden = form.examples.length === 0;
  byId("examples").replaceChildren(
    ...form.examples.map((values) =>
      exampleButton(form.inputs, values, () => {
        values.forEach((value, place) => fields[place].set(value));
        void run();
      }),
    ),
  );
}

/** Runs the function with what is in the fields; a run that goes on is cancelled first. */
function newRun({ outputs }: FormDescription, fields: Field[]): () => Promise<void> {
  let running = new AbortController();
  byId("cancel").addEventListener("click", () => running.abort());
  return async () => {
    running.abort();
    const own = (running = new AbortController());
    setBusy(true);
    let shown = Promise.resolve();
    const onData = (data: unknown[]) => {
      shown = showData(outputs, data, own.signal);
    };
    const onState = (sentence: string, share?: number) => {
      if (own === running) showState(sentence, share);
    };
    try {
      const values = fields.map((field) => field.read());
      await callEndpoint(0, values, { onState, onData }, own.signal);
      await shown;
      if (own === running) end("Done.");
    } catch (error) {
      if (own !== running) return;
      if (own.signal.aborted) end("Cancelled.");
      else fail(error as Error);
    } finally {
      if (own === running) setBusy(false);
    }
  };
}

/** Shows what a run has given, unless it was cancelled or newer values have come meanwhile. */
async function showData(outputs: FormDescription["outputs"], data: unknown[], run: AbortSignal): Promise<void> {
  if (run.aborted) return;
  newest = data;
  const shown = await Promise.all(outputs.map((output, place) => showResult(output, data[place])));
  if (data !== newest || run.aborted) return;
  byId("outputs").replaceChildren(...shown);
  drawPlots();
}

let newest: unknown[] | undefined;

function setBusy(busy: boolean): void {
  byId("result").setAttribute("aria-busy", String(busy));
  byId<HTMLButtonElement>("cancel").disabled = !busy;
  byId("progress").hidden = true;
  if (!busy) return;
  byId("error").hidden = true;
  showState("Sending …");
}

function showState(sentence: string, share?: number): void {
  byId("state").textContent = sentence;
  const bar = byId<HTMLProgressElement>("progress");
  bar.hidden = share === undefined;
  if (share !== undefined) bar.value = share;
}

/** What is shown stays. */
function end(sentence: string): void {
  showState(sentence);
  announce(sentence);
}

function fail({ message }: Error): void {
  byId("error").textContent = message;
  byId("error").hidden = false;
  byId("state").textContent = "No answer.";
  byId("progress").hidden = true;
  newest = undefined;
  byId("outputs").replaceChildren();
}

function exampleButton(inputs: NamedInput[], values: unknown[], onclick: () => void): HTMLElement {
  const parts = values.map((value) =>
    isPicture(value) ? element("img", { src: value, alt: "" }) : element("span", {}, textOf(value)),
  );
  const account = values.map((value, place) => `${labelOf(inputs[place])}: ${textOf(value)}`).join(", ");
  return element("button", { type: "button", title: account, onclick }, ...parts);
}

function isPicture(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("data:image/");
}

function textOf(value: unknown): string {
  if (isPicture(value)) return "a picture";
  return typeof value === "string" ? value : JSON.stringify(value);
}
