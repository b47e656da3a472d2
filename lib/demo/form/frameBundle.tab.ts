import { escapeHTML } from "../../text";
import type { FrameBundle, FrameOptions } from "./frame";

// In place of `frameBundle.ts` in a browser tab, which serves no page.

export function frameBundle(url: string, { title }: FrameOptions): FrameBundle {
  const text = `${title}: a browser tab cannot serve a page, so there is none here. Cells can call the demo by fetch("${url}…").`;
  return {
    "text/html": `<p>${escapeHTML(text)}</p>`,
    "text/plain": text,
    "application/vnd.atelier.served+json": { title },
  };
}
