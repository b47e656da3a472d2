import { escapeHTML } from "./escapeHTML";

/** A line of text with a bar under it, `share` 0 to 1 of it filled, as HTML that takes the page's colours. */
export function progressBar(text: string, share: number): string {
  const filled = (100 * Math.min(Math.max(share, 0), 1)).toFixed(1);
  return (
    `<div style="font:12px system-ui,sans-serif;max-width:640px;padding:2px 0 6px">${escapeHTML(text)}` +
    `<div style="height:4px;margin-top:5px;border-radius:2px;background:rgba(128,137,150,.25)">` +
    `<div style="width:${filled}%;height:4px;border-radius:2px;background:#1f80c0"></div></div></div>`
  );
}
