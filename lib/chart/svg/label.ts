import { unescapeLabel, type Font } from "../figure";
import { textWidth } from "../textWidth";
import { element, escapeXML } from "./element";

/** Where a label stands, and how. */
export interface LabelPlace {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  /** Which edge of the text lies at y; default "middle". */
  edge?: "top" | "middle" | "bottom";
  font?: Font;
  /** Degrees clockwise about (x, y). */
  angle?: number;
}

const LINE_HEIGHT = 1.3;
/** How far below the middle of a line its baseline lies, in ems. */
const DROP = 0.35;

/** A text in Plotly's little HTML (`<br>`, `<b>`, `<span style="color:…">`, entities) as SVG text. */
export function label(text: string, { x, y, anchor = "start", edge = "middle", font = {}, angle }: LabelPlace): string {
  const { size = 12, color = "currentColor", weight } = font;
  const lines = text.split("<br>");
  const height = lines.length * size * LINE_HEIGHT;
  const top = edge === "top" ? y : edge === "middle" ? y - height / 2 : y - height;
  const spans = lines.map((line, row) => {
    const baseline = top + (row + 0.5) * size * LINE_HEIGHT + size * DROP;
    return element("tspan", { x, y: baseline, ...styleOf(line) }, escapeXML(plainText(line)));
  });
  const transform = angle ? `rotate(${angle} ${Math.round(x)} ${Math.round(y)})` : undefined;
  const style = { "font-size": size, "font-weight": weight, fill: color, "text-anchor": anchor, transform };
  return element("text", style, ...spans);
}

/** Pixels across the longest line of a label. */
export function labelWidth(text: string, size = 12): number {
  return Math.max(...text.split("<br>").map((line) => textWidth(plainText(line), size)));
}

/** A label without its tags and entities. */
export function plainText(label: string): string {
  return unescapeLabel(label.replace(/<br>/g, " ").replace(/<\/?(b|i|span)(\s[^<>]*)?>/g, ""));
}

function styleOf(line: string): { fill?: string; "font-weight"?: number } {
  const colour = /<span style="color:([^"]+)">/.exec(line)?.[1];
  return { fill: colour, "font-weight": /<b>/.test(line) ? 600 : undefined };
}
