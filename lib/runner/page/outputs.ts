import { lastLine } from "../streamText";
import { isRecord, type MimeBundle, type Output } from "../notebook";
import { ansiToHTML } from "./ansi";
import { escapeHTML } from "../../text";
import { scriptJSON } from "./escape";
import type { MarkdownWriter } from "./markdown";

/** The MIME type of a Plotly figure: an object `{ data, layout }`. */
export const PLOTLY_TYPE = "application/vnd.plotly.v1+json";

/** One output of a code cell as HTML. */
export function outputToHTML(output: Output, markdown: MarkdownWriter): string {
  switch (output.output_type) {
    case "stream":
      return `<pre class="output stream ${kindOf(output)}">${ansiToHTML(output.text)}</pre>`;
    case "error":
      return errorToHTML(output);
    default:
      return bundleToHTML(output.data, markdown);
  }
}

/** Lines wrap, but those of a table drawn with lines: these would fall apart. */
function kindOf({ name, text }: Extract<Output, { output_type: "stream" }>): string {
  if (name === "stderr") return "stderr log";
  return /[│┃║]/.test(text) ? "" : "log";
}

type Writer = (value: unknown, data: MimeBundle, markdown: MarkdownWriter) => string;

/** The MIME type of a page that was served while the kernel ran: an object `{ title }`. */
const SERVED_TYPE = "application/vnd.atelier.served+json";

/** The first of these types that an output has is the one shown. */
const WRITERS: [string, Writer][] = [
  [SERVED_TYPE, servedToHTML],
  [PLOTLY_TYPE, figureToHTML],
  ["text/html", (value) => `<div class="output html">${String(value)}</div>`],
  [
    "text/markdown",
    (value, _, markdown) => `<div class="output prose">${markdown.fragmentToHTML(String(value))}</div>`,
  ],
  ["image/svg+xml", (value, data) => picture(drawing(String(value), data))],
  ["image/png", (value, data) => picture(image(`data:image/png;base64,${bare(value)}`, data))],
  ["image/jpeg", (value, data) => picture(image(`data:image/jpeg;base64,${bare(value)}`, data))],
  ["text/plain", (value) => `<pre class="output">${ansiToHTML(String(value))}</pre>`],
  ["application/json", (value) => `<pre class="output">${escapeHTML(JSON.stringify(value, null, 2))}</pre>`],
];

function bundleToHTML(data: MimeBundle, markdown: MarkdownWriter): string {
  for (const [type, write] of WRITERS) if (data[type] !== undefined) return write(data[type], data, markdown);
  return "";
}

/** The figure's static picture, over which the page's script draws the living one when it comes near the screen. */
function figureToHTML(figure: unknown, data: MimeBundle): string {
  if (!isRecord(figure)) return "";
  const layout = isRecord(figure.layout) ? figure.layout : {};
  const height = typeof layout.height === "number" ? layout.height : 450;
  const meta = isRecord(layout.meta) ? layout.meta : {};
  const width = meta.narrow ? 0 : Number(meta.minWidth) || 0; // with a narrow form, the still picture shrinks
  const still = stillPicture(data);
  const source = `<script type="application/json">${scriptJSON(figure)}</script>`;
  const room = `style="min-height:${height}px"`;
  const least = width > 0 ? ` style="min-width:${width}px"` : "";
  return `<div class="output figure" ${room}><div class="still"${least}>${still}</div><div class="plot"${least}></div>${source}</div>`;
}

/** A page of the notebook's own has an address only while its kernel runs. */
function servedToHTML(page: unknown): string {
  const title = isRecord(page) && typeof page.title === "string" ? `<b>${escapeHTML(page.title)}</b>: a` : "A";
  return `<p class="output served">${title} page that the notebook serves while its kernel runs. Run the notebook to open it.</p>`;
}

function stillPicture(data: MimeBundle): string {
  if (typeof data["image/svg+xml"] === "string") return drawing(data["image/svg+xml"], data);
  if (data["image/png"] !== undefined) return image(`data:image/png;base64,${bare(data["image/png"])}`, data);
  return "";
}

function errorToHTML({ ename, evalue, traceback }: Extract<Output, { output_type: "error" }>): string {
  const headline = `${ename}: ${evalue}`;
  const trace = traceback.filter((line) => line.trim() === "" || !headline.includes(line.trim())).join("\n");
  const more = ansiToHTML(trace);
  return `<pre class="output error"><strong>${escapeHTML(headline)}</strong>${more}</pre>`;
}

function picture(html: string): string {
  return `<div class="output picture">${html}</div>`;
}

function image(address: string, data: MimeBundle): string {
  return `<img src="${address}" alt="${describe(data)}">`;
}

/**
 * An SVG of shapes, texts and pictures takes the page's colour of text. One with more in it, such as names that could
 * clash with another's, or scripts, is a picture of its own.
 */
function drawing(svg: string, data: MimeBundle): string {
  const start = svg.search(/<svg[\s>]/);
  const shapes = svg.slice(start);
  if (start >= 0 && !OTHER_ELEMENT.test(shapes) && !OTHER_ATTRIBUTE.test(shapes)) return shapes;
  const named = /<svg[^>]*\sxmlns=/.test(svg) ? svg : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return image(`data:image/svg+xml;base64,${Buffer.from(named).toString("base64")}`, data);
}

const OTHER_ELEMENT =
  /<(?!\/?(?:svg|g|title|desc|path|rect|line|polyline|polygon|circle|ellipse|text|tspan|image)[\s/>])/;
const OTHER_ATTRIBUTE = /[\s/"'](?:id|class|on\w+|xlink:\w+|href(?!="data:image\/(?:png|jpeg);))\s*=/i;

function describe(data: MimeBundle): string {
  const text = data["text/plain"];
  return escapeHTML(typeof text === "string" ? lastLine(text) : "");
}

function bare(base64: unknown): string {
  return String(base64).replace(/\s/g, "");
}
