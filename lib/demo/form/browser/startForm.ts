/// <reference lib="dom" />
import { byId, element } from "../../page/browser/element";
import { announce } from "../../page/browser/news";
import { ask } from "../../page/browser/server";
import { startThemeButton } from "../../page/browser/theme";
import type { FormDescription } from "../formDescription";
import { callEndpoint } from "./callEndpoint";
import { type Field, makeField } from "./fields";
import { showResult } from "./results";

/** Builds the form of the function that is served, and brings it to life. */
export async function startForm(): Promise<void> {
  startThemeButton(byId("theme"), () => {});
  try {
    const form = await ask<FormDescription>("/form");
    showForm(form);
  } catch (error) {
    fail(error as Error);
  }
}

function showForm(form: FormDescription): void {
  document.title = form.title;
  byId("title").textContent = form.title;
  byId("description").textContent = form.description;
  const fields = form.inputs.map(makeField);
  byId("inputs").replaceChildren(...fields.map(({ root }) => root));
  fields.forEach((field, place) => field.set("value" in form.inputs[place] ? form.inputs[place].value : null));
  const run = newRun(form, fields);
  byId("fields").addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  byId("examples-part").hidden = form.examples.length === 0;
  byId("examples").replaceChildren(
    ...form.examples.map((values) =>
      exampleButton(values, () => {
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
    try {
      const values = fields.map((field) => field.read());
      await callEndpoint(0, values, { onState: showState, onData: (data) => void showData(outputs, data) }, own.signal);
      showState("Done.");
      announce("Done.");
    } catch (error) {
      if (own === running) fail(error as Error);
    } finally {
      if (own === running) setBusy(false);
    }
  };
}

async function showData(outputs: FormDescription["outputs"], data: unknown[]): Promise<void> {
  const shown = await Promise.all(outputs.map((output, place) => showResult(output, data[place])));
  byId("outputs").replaceChildren(...shown);
}

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

function fail({ message }: Error): void {
  byId("error").textContent = message;
  byId("error").hidden = false;
  byId("state").textContent = "No answer.";
  byId("progress").hidden = true;
  byId("outputs").replaceChildren();
}

function exampleButton(values: unknown[], onclick: () => void): HTMLElement {
  const parts = values.map((value) =>
    typeof value === "string" && value.startsWith("data:image/")
      ? element("img", { src: value, alt: "Picture" })
      : element("span", {}, typeof value === "string" ? value : JSON.stringify(value)),
  );
  return element("button", { type: "button", onclick }, ...parts);
}
