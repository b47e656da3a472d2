import { escapeHTML } from "../../text";
import { isRecord, type Notebook } from "../notebook";
import { readInjected, readParameters } from "../parameters/readParameters";

/** What changes how long a run takes, but not what comes out of it. */
const WITHOUT_EFFECT = ["fresh"];

/**
 * What the page of a run with other values than the lesson's own says above everything: which they are, and that the
 * text is about the lesson's own. Empty for a run with the lesson's own values.
 */
export function changedNote(notebook: Notebook): string {
  const injected = readInjected(notebook);
  const changed = readParameters(notebook).filter(
    ({ name, value }) => name in injected && !WITHOUT_EFFECT.includes(name) && !same(injected[name], value),
  );
  if (changed.length === 0) return "";
  const what = isQuick(notebook, injected) ? "A quick run, with small values." : "A run with other values.";
  const values = changed.map(
    ({ name, value }) => `<code>${shown(name, injected[name])}</code> instead of ${shown("", value)}`,
  );
  return (
    `<div class="changed" role="note"><p><strong>${what}</strong> Here ${values.join(", ")}.</p>` +
    `<p>The text describes a run with the lesson’s own values. Its numbers and findings may not fit the outputs below.</p></div>`
  );
}

/** Whether all small values that the notebook's metadata name are those of this run. */
function isQuick({ metadata }: Notebook, injected: Record<string, unknown>): boolean {
  const quick = isRecord(metadata.atelier) ? metadata.atelier.quick : undefined;
  return isRecord(quick) && Object.entries(quick).every(([name, value]) => same(injected[name], value));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function shown(name: string, value: unknown): string {
  const text = JSON.stringify(value) ?? "its default";
  return escapeHTML(name ? `${name} = ${text}` : text);
}
