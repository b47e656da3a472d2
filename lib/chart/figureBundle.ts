import { describeFigure } from "./describeFigure";
import type { Figure } from "./figure";
import { figureHTML } from "./figureHTML";
import { pictureHTML } from "./pictureHTML";
import { toSVG } from "./toSVG";

/** A figure in several forms, by MIME type. */
export interface FigureBundle {
  "application/vnd.plotly.v1+json": { data: Figure["data"]; layout: Figure["layout"]; config: object };
  "text/html": string;
  "image/svg+xml"?: string;
  "text/plain": string;
}

/**
 * The forms of a figure: for notebooks that know Plotly, as HTML that turns interactive where it can, as a still
 * picture, and as a line of text. A figure with traces or a layout that this room does not make has no still picture.
 */
export function figureBundle(figure: Figure): FigureBundle {
  const plain = toPlain(figure);
  const { data, layout, config = {} } = plain;
  const svg = stillPicture(plain);
  const description = describeFigure(plain);
  return {
    "application/vnd.plotly.v1+json": { data, layout, config },
    "text/html": figureHTML(plain, svg === undefined ? "" : pictureHTML(svg, description)),
    ...(svg === undefined ? {} : { "image/svg+xml": svg }),
    "text/plain": description,
  };
}

/** Gives a figure the method by which notebooks ask a value for its forms; its data stay what they were. */
export function withDisplay(figure: Figure): Figure {
  const value = () => figureBundle(figure);
  return Object.defineProperty(figure, Symbol.for("Jupyter.display"), { value, configurable: true, writable: true });
}

/** The figure as JSON has it, which knows no typed arrays. */
function toPlain(figure: Figure): Figure {
  const { data, layout, config } = figure;
  const asList = (_: string, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number | bigint>, Number) : value;
  return JSON.parse(JSON.stringify({ data, layout, config }, asList));
}

function stillPicture(figure: Figure): string | undefined {
  if (!isOurs(figure)) return undefined;
  try {
    return toSVG(figure);
  } catch {
    return undefined; // it only looked like one of ours
  }
}

function isOurs({ data, layout }: Figure): boolean {
  const known = ({ type }: Figure["data"][0]) => type === "scatter" || type === "bar" || type === "heatmap";
  return data.every(known) && [layout.height, layout.margin, layout.font].every((part) => part !== undefined);
}
