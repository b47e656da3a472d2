import { plainText } from "../chart/svg/label";
import type { Figure } from "../chart/figure";
import { toSVG } from "../chart/toSVG";
import { display, type Bundle } from "./display";
import { figureHTML } from "./figureHTML";
import { pictureHTML } from "./pictureHTML";

/**
 * Shows a figure as one output in four forms: for notebooks that know Plotly, as HTML that turns interactive where it
 * can, as a still picture, and as a line of text. Outside a notebook only the text is logged.
 */
export function show(figure: Figure): void {
  display(figureBundle(figure));
}

/** The four forms of a figure by MIME type. */
export function figureBundle(figure: Figure): Bundle {
  const svg = toSVG(figure);
  const description = describe(figure);
  return {
    "application/vnd.plotly.v1+json": { data: figure.data, layout: figure.layout, config: figure.config ?? {} },
    "text/html": figureHTML(figure, pictureHTML(svg, description)),
    "image/svg+xml": svg,
    "text/plain": description,
  };
}

function describe({ data, layout }: Figure): string {
  const names = [...new Set(data.flatMap(({ name }) => name ?? []))];
  const title = plainText(layout.title?.text ?? "") || "Figure";
  return names.length ? `${title} (${names.map(plainText).join(", ")})` : title;
}
