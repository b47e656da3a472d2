import MarkdownIt from "markdown-it";
import { readFileSync } from "fs";
import { extname, relative, resolve, sep } from "path";
import type { Cell } from "../notebook";
import { escapeHTML } from "../../text";
import { highlight } from "./code";

/** A heading of the page, as the table of contents needs it. */
export interface Heading {
  level: number;
  text: string;
  anchor: string;
}

/** Turns the Markdown cells of one notebook into HTML, and notes their headings on the way. */
export interface MarkdownWriter {
  toHTML(cell: Cell): string;
  /** Markdown out of a cell's output: its headings are not the page's. */
  fragmentToHTML(text: string): string;
  headings: Heading[];
}

/** A writer for one page. Pictures beside the notebook, in `folder`, are put into the page, which lies in `pageFolder`. */
export function newMarkdownWriter(folder: string, pageFolder = folder): MarkdownWriter {
  const markdown = new MarkdownIt({ html: true, linkify: true, highlight: highlightFence });
  const headings: Heading[] = [];
  const used = new Map<string, number>();
  markdown.core.ruler.push("anchors", ({ tokens, env }) => {
    if (env.isFragment) return;
    tokens.forEach((token, index) => {
      if (token.type !== "heading_open") return;
      const text = (tokens[index + 1].children ?? [])
        .filter(({ type }) => type === "text" || type === "code_inline")
        .map(({ content }) => content)
        .join("");
      const anchor = uniqueAnchor(text, used);
      token.attrSet("id", anchor);
      headings.push({ level: Number(token.tag.slice(1)), text, anchor });
    });
  });
  markdown.core.ruler.push("links", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const [href, src] = [token.attrGet("href"), token.attrGet("src")];
      if (token.type === "link_open" && href) token.attrSet("href", pageLink(href, { folder, pageFolder }));
      if (token.type === "image" && src) token.attrSet("src", inlined(src, folder, env.attachments));
    }
  });
  markdown.renderer.rules.table_open = () => '<div class="wide"><table>\n';
  markdown.renderer.rules.table_close = () => "</table></div>\n";
  return {
    headings,
    toHTML: (cell) => markdown.render(cell.source, { attachments: cell.attachments ?? {} }),
    fragmentToHTML: (text) => markdown.render(text, { attachments: {}, isFragment: true }),
  };
}

/** The anchor GitHub gives a heading: lower case, no punctuation, dashes for spaces. */
function anchorOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

function uniqueAnchor(text: string, used: Map<string, number>): string {
  const anchor = anchorOf(text);
  const count = used.get(anchor) ?? 0;
  used.set(anchor, count + 1);
  return count === 0 ? anchor : `${anchor}-${count}`;
}

function highlightFence(code: string, language: string): string {
  const names: Record<string, string> = { ts: "typescript", js: "typescript", sh: "bash", javascript: "typescript" };
  return language ? highlight(code, names[language] ?? language) : escapeHTML(code);
}

/**
 * Links to other notebooks lead to their pages, which lie beside this one, and links to other files to where these are,
 * seen from the page; Jupyter's anchors become GitHub's.
 */
function pageLink(href: string, { folder, pageFolder }: { folder: string; pageFolder: string }): string {
  if (href.startsWith("#")) return `#${anchorOf(decoded(href.slice(1)))}`;
  if (/^([a-z]+:|\/)/i.test(href)) return href;
  if (/\.ipynb($|#)/.test(href)) return href.replace(/\.ipynb(?=$|#)/, ".html");
  const [, file, rest] = /^([^?#]*)(.*)$/.exec(href)!;
  const moved = relative(resolve(pageFolder), resolve(folder, decoded(file)));
  return moved.split(sep).map(encodeURIComponent).join("/") + rest;
}

const PICTURE_TYPES: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

function inlined(src: string, folder: string, attachments: NonNullable<Cell["attachments"]>): string {
  if (src.startsWith("attachment:")) {
    const [[type, data] = []] = Object.entries(attachments[decoded(src.slice(11))] ?? {});
    return type ? `data:${type};base64,${String(data).replace(/\s/g, "")}` : src;
  }
  const type = PICTURE_TYPES[extname(src).toLowerCase()];
  if (!type || /^([a-z]+:|\/)/i.test(src)) return src;
  try {
    return `data:${type};base64,${readFileSync(resolve(folder, decoded(src))).toString("base64")}`;
  } catch {
    return src; // not there, or no file
  }
}

/** What an address says; as it is where its percent signs are no code. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
