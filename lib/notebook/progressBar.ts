import { escapeHTML } from "../text";

/** A line of text, with a bar under it when a share 0 to 1 is given, as HTML that takes the page's colours. */
export function progressBar(text: string, share?: number): string {
  const bar = share === undefined ? "" : filledBar(Math.min(Math.max(share, 0), 1));
  return `<div style="font-family:system-ui,sans-serif;font-size:.93em;max-width:640px;padding:2px 0 6px">${escapeHTML(text)}${bar}</div>`;
}

function filledBar(share: number): string {
  const shape = "height:4px;border-radius:2px";
  return (
    `<div style="${shape};margin-top:5px;background:rgba(128,137,150,.25)">` +
    `<div style="${shape};width:${(100 * share).toFixed(1)}%;background:#1f80c0"></div></div>`
  );
}
