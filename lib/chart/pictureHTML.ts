import { escapeHTML } from "../text";

/**
 * An SVG as an HTML picture of its own. Notebooks that do not trust a file strip SVG elements from its HTML, but not
 * pictures.
 */
export function pictureHTML(svg: string, description: string): string {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const width = /^<svg [^>]*\bwidth="(\d+)"/.exec(svg)?.[1];
  const size = width ? ` width="${width}"` : "";
  return `<img${size} style="display:block;max-width:100%;height:auto" alt="${escapeHTML(description)}" src="${source}"/>`;
}
