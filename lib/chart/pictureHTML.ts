import { escapeHTML } from "../text";

/**
 * An SVG as an HTML picture of its own. Notebooks that do not trust a file strip SVG elements from its HTML, but not
 * pictures.
 */
export function pictureHTML(svg: string, description: string): string {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return `<img style="display:block;max-width:100%" alt="${escapeHTML(description)}" src="${source}"/>`;
}
