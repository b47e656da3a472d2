import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";
import { FONT_FAMILY } from "../../chart/ink";
import { BLUE, GREEN, GREY, ORANGE } from "../../chart/theme";
import type { PageFiles } from "../api";
import { pageHead, THEME_BUTTON } from "./pageParts";

/** What a page is made of. */
export interface PageSource {
  /** Where the sources lie, from which `script` and `style` import. */
  folder: string;
  /** The HTML file in it; `{{head}}` and `{{theme button}}` stand for these parts, `{{plotly.js}}` for an address. */
  html: string;
  /** The TypeScript that starts the page. */
  script: string;
  /** Its CSS, beside the colours and the type of the charts. */
  style: string;
  /** More that stands for parts of the HTML, by name. Default none. */
  parts?: Record<string, string>;
}

/**
 * A page, ready to be served: its TypeScript and CSS in one file each, and plotly.js. Needs no network, and the HTML
 * has no script and no style in it. A content security policy needs to allow nothing inline but the empty style element
 * that plotly.js fills by rules.
 *
 * @throws Error with esbuild's message where a source is wrong
 */
export async function bundlePage({ folder, html, script, style, parts: more }: PageSource): Promise<PageFiles> {
  const [page, theme, sheet] = await Promise.all([
    bundle(script, { loader: "ts", folder }),
    bundle(`import { applyTheme } from "./browser/theme"; applyTheme();`, { loader: "ts", folder: __dirname }),
    bundle(`${style} ${HOUSE_STYLE}`, { loader: "css", folder }),
  ]);
  const files: PageFiles["files"] = new Map();
  const put = (name: string, type: string, body: string | Uint8Array) => {
    const mark = createHash("sha256").update(body).digest("hex").slice(0, 10);
    files.set(`/assets/${name}`, { type, body });
    return `assets/${name}?${mark}`; // a site may lie under any path
  };
  const head = pageHead({
    title: "Atelier",
    styles: [put("style.css", "text/css; charset=utf-8", sheet)],
    icon: ICON,
    theme: put("theme.js", SCRIPT, theme),
    script: put("page.js", SCRIPT, page),
  });
  const plotly = put("plotly.js", SCRIPT, readFileSync(require.resolve("plotly.js-dist-min/plotly.min.js")));
  const parts: Record<string, string> = { ...more, head, "theme button": THEME_BUTTON, "plotly.js": plotly };
  const text = readFileSync(path.join(folder, html), "utf8");
  return { html: text.replace(/\{\{(.+?)\}\}/g, (_, name: string) => parts[name]), files };
}

const SCRIPT = "text/javascript; charset=utf-8";

/** The colours and the type of the charts. */
const HOUSE_STYLE = `:root { --blue: ${BLUE}; --orange: ${ORANGE}; --green: ${GREEN}; --grey: ${GREY}; --font: ${FONT_FAMILY} }`;

const HANGER = "M16 12.5V11a3 3 0 1 0-3-3M16 12.5 4.6 20.6A2 2 0 0 0 5.8 24.2h20.4a2 2 0 0 0 1.2-3.6Z";
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="none" stroke="${BLUE}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" d="${HANGER}"/></svg>`;
const ICON = `data:image/svg+xml,${encodeURIComponent(DRAWING)}`;

/** One file out of an entry and all it imports. */
async function bundle(contents: string, { loader, folder }: { loader: "ts" | "css"; folder: string }): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, loader, resolveDir: folder },
    ...{ bundle: true, minify: true, write: false, format: "iife", target: "es2022", charset: "utf8" },
    logLevel: "silent",
  });
  return outputFiles[0].text;
}
