/// <reference lib="dom" />
import { labelOf, type Output } from "../../components/component";
import { element } from "../../page/browser/element";
import { plotPlace } from "./plots";

/** What the server sends for each kind of output. */
interface Sent {
  label: { label: string; confidences: { label: string; confidence: number }[] | null };
  image: { url: string };
  gallery: { image: { url: string }; caption: string | null }[];
  table: { headers: string[]; data: unknown[][] };
  plot: { plot: string };
}

/** A result on the page, as soon as its pictures are there to be seen, so that nothing moves afterwards. */
export async function showResult(output: Output, value: unknown): Promise<HTMLElement> {
  const title = element("h2", {}, labelOf(output));
  const body = value === null ? element("p", { class: "note" }, "Nothing.") : bodyOf(output, value);
  const root = element("div", { class: "field" }, title, body);
  await Promise.all(Array.from(root.querySelectorAll("img"), (picture) => picture.decode().catch(() => {})));
  return root;
}

function bodyOf({ type }: Output, value: unknown): HTMLElement {
  switch (type) {
    case "label":
      return labelBody(value as Sent["label"]);
    case "image":
      return element("img", { class: "shot", src: (value as Sent["image"]).url, alt: "The picture in the answer" });
    case "gallery":
      return element("div", { class: "gallery" }, ...(value as Sent["gallery"]).map(pictureOf));
    case "table":
      return tableBody(value as Sent["table"]);
    case "plot":
      return plotPlace(JSON.parse((value as Sent["plot"]).plot));
    case "json":
      return element("pre", { tabindex: 0 }, JSON.stringify(value, null, 2));
    default:
      return element("p", {}, String(value));
  }
}

function labelBody({ label, confidences }: Sent["label"]): HTMLElement {
  const bars = (confidences ?? []).map(({ label: name, confidence }) => {
    const fill = element("span", { class: "fill" });
    fill.style.inlineSize = `${100 * confidence}%`;
    const text = `${(100 * confidence).toFixed(1)} %`;
    const about = {
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": 100 * confidence,
      "aria-valuetext": text,
    };
    const meter = element("span", { class: "meter", role: "meter", "aria-label": name, ...about }, fill);
    return element("li", {}, element("span", {}, name), meter, element("span", { class: "number" }, text));
  });
  return element("div", {}, element("p", { class: "label" }, label), element("ol", { class: "bars" }, ...bars));
}

function pictureOf({ image, caption }: Sent["gallery"][number]): HTMLElement {
  const picture = element("img", { src: image.url, alt: caption ?? "" });
  return element("figure", {}, picture, element("figcaption", {}, caption ?? ""));
}

function tableBody({ headers, data }: Sent["table"]): HTMLElement {
  const head = element("tr", {}, ...headers.map((name) => element("th", { scope: "col" }, name)));
  const rows = data.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, String(cell ?? "")))));
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table" }, table);
}
