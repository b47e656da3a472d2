import { escapeHTML } from "../text";
import { element } from "../chart/svg/element";
import { BLUE } from "../chart/theme";
import { pictureHTML } from "../chart/pictureHTML";
import type { Bundle } from "./display";
import { shortNumber, valuesText } from "./valuesText";
import { summarizeNumbers, type NumberSummary, type Numbers } from "./summarizeNumbers";
import { picturesHTML, type PictureShape } from "./picturesHTML";

/** Many numbers and what is known of them. */
export interface NumbersView {
  /** The first line, such as "Float32Array, 784 values". */
  head: string;
  values: Numbers;
  /** Sizes from the outermost to the innermost. */
  shape: number[];
  /** Where the numbers may be pictures: drawn when all of them are levels. */
  pictures?: PictureShape;
}

/** Many numbers as text and HTML: first and last ones, least, mean and greatest, a histogram, pictures where they are some. */
export function numbersBundle({ head, values, shape, pictures }: NumbersView): Bundle {
  const body = valuesText(values, shape);
  if (values.length < 2) return bundleOf({ head, body });
  const summary = summarizeNumbers(values);
  const drawn = pictures ? picturesHTML(values as ArrayLike<number>, pictures, summary) : "";
  return bundleOf({ head, body, foot: footOf(summary), marks: drawn + histogramHTML(summary) });
}

function bundleOf({
  head,
  body,
  foot = "",
  marks = "",
}: {
  head: string;
  body: string;
  foot?: string;
  marks?: string;
}): Bundle {
  const small = (text: string) => (text ? `<small style="opacity:.7">${escapeHTML(text)}</small>` : "");
  const pre = `<pre style="margin:4px 0;padding:0;border:0;background:none;color:inherit;font-size:12px">${escapeHTML(body)}</pre>`;
  const html = `<div style="font:13px system-ui,sans-serif;overflow-x:auto"><b>${escapeHTML(head)}</b>${pre}${marks}${small(foot)}</div>`;
  return { "text/html": html, "text/plain": [head, body, foot].filter(Boolean).join("\n") };
}

function footOf({ min, mean, max, notFinite, step }: NumberSummary): string {
  const facts = Number.isNaN(min)
    ? []
    : [`min ${shortNumber(min)}`, `mean ${shortNumber(mean)}`, `max ${shortNumber(max)}`];
  if (notFinite > 0) facts.push(`${notFinite.toLocaleString("en")} not finite`);
  if (step > 1) facts.push(`of one in ${step} values`);
  return facts.join(", ");
}

const [BAR, HEIGHT] = [7, 36];

function histogramHTML({ histogram, min, max }: NumberSummary): string {
  if (histogram.length === 0) return "";
  const width = BAR * histogram.length;
  const scale = HEIGHT / Math.max(...histogram);
  const tops = histogram.map((count) => (count === 0 ? 0 : Math.max(1, count * scale)));
  const bars = tops.map((top, at) => `M${at * BAR} ${HEIGHT}v${-top.toFixed(1)}h${BAR - 1}v${top.toFixed(1)}`);
  const svg = element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
    element("path", { d: bars.join(""), fill: BLUE }),
  );
  return pictureHTML(svg, `Histogram from ${shortNumber(min)} to ${shortNumber(max)}`);
}
