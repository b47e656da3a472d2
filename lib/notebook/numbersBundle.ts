import { pictureHTML } from "../chart/pictureHTML";
import { element } from "../chart/svg/element";
import { BLUE } from "../chart/theme";
import { escapeHTML } from "../text";
import type { Bundle } from "./display";
import { picturesHTML, type PictureShape } from "./picturesHTML";
import { summarizeNumbers, type NumberSummary, type Numbers } from "./summarizeNumbers";
import { shortNumber, valuesText } from "./valuesText";

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

/** The lines of a view, and the HTML of its pictures. */
interface Parts {
  head: string;
  body: string;
  foot?: string;
  marks?: string;
}

function bundleOf({ head, body, foot = "", marks = "" }: Parts): Bundle {
  const small = foot && `<small style="opacity:.7">${escapeHTML(foot)}</small>`;
  const html = `<b>${escapeHTML(head)}</b><pre style="${BODY}">${escapeHTML(body)}</pre>${marks}${small}`;
  return {
    "text/html": `<div style="font-family:system-ui,sans-serif;font-size:.93em;overflow-x:auto">${html}</div>`,
    "text/plain": [head, body, foot].filter(Boolean).join("\n"),
  };
}

const BODY = "margin:4px 0;padding:0;border:0;background:none;color:inherit;font-size:.93em";

function footOf({ min, mean, max, notFinite, step }: NumberSummary): string {
  const facts = [
    ...(Number.isNaN(min) ? [] : Object.entries({ min, mean, max }).map(([name, at]) => `${name} ${shortNumber(at)}`)),
    ...(notFinite > 0 ? [`${notFinite.toLocaleString("en")} not finite`] : []),
    ...(step > 1 ? [`of one in ${step} values`] : []),
  ];
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
