import { escapeHTML } from "../../text";

/** Printed text as HTML: ANSI colours and weights become classes, all other escape sequences go. */
export function ansiToHTML(text: string): string {
  let classes: string[] = [];
  let html = "";
  for (const [, words, codes] of withColoursOnly(text).matchAll(COLOURED)) {
    html += span(words, classes);
    if (codes !== undefined) classes = codes.replace(WIDE_COLOUR, "").split(";").map(Number).reduce(applied, classes);
  }
  return html;
}

/* oxlint-disable no-control-regex */
const COLOURED = /([^\u001b]*)(?:\u001b\[([\d;]*)m)?/g;
const OTHER_SEQUENCE = /\u001b(?:\[[0-9;?]*[A-Za-ln-z]|\][^\u0007]*\u0007|(?!\[[\d;]*m))/g;
/* eslint-enable no-control-regex */
const WIDE_COLOUR = /[34]8;(?:5;\d+|2;\d+;\d+;\d+)/g; // one of 256 or 16 million colours: shown plain
const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const STYLES: Record<number, string> = { 1: "bold", 2: "dim", 3: "italic", 4: "underline" };

function withColoursOnly(text: string): string {
  return text.replace(OTHER_SEQUENCE, "");
}

function applied(classes: string[], code: number): string[] {
  if (code === 0) return [];
  if (code === 22) return classes.filter((name) => name !== "bold" && name !== "dim");
  if (code === 23 || code === 24) return classes.filter((name) => name !== STYLES[code - 20]);
  if (STYLES[code]) return [...classes, STYLES[code]];
  const others = classes.filter((name) => !COLOURS.includes(name));
  const colour = COLOURS[code >= 90 ? code - 90 : code - 30];
  if (colour) return [...others, colour];
  return code === 39 ? others : classes;
}

function span(text: string, classes: string[]): string {
  if (classes.length === 0 || text === "") return escapeHTML(text);
  return `<span class="${classes.map((name) => `ansi-${name}`).join(" ")}">${escapeHTML(text)}</span>`;
}
