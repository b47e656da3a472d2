/** Text as it can stand in HTML, also within quotes. */
export function escapeHTML(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A time span for people: "0.3 s", "12 s", "4 min 05 s", "1 h 05 min". */
export function duration(milliseconds: number): string {
  const tenths = Math.max(0, milliseconds) / 1000;
  if (tenths < 9.95) return `${tenths.toFixed(1)} s`;
  const seconds = Math.round(tenths);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** A number for people: whole as it is, else four digits after the point, or as many that count where it is small. */
export function shownNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.01 ? String(Number(value.toPrecision(4))) : value.toFixed(4);
}

/** So many of something, in words: "1 row", "1,234 rows". */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** A name as code writes it, in words for people: "outputShape" is "output shape", "warpAuc" is "WARP AUC". */
export function inWords(name: string): string {
  if (!/^[a-z][a-z0-9]*([A-Z][a-z0-9]+)*[A-Z][a-z0-9]*$/.test(name))
    return ACRONYMS.has(name) ? name.toUpperCase() : name;
  const words = name.split(/(?=[A-Z])|(?<=[A-Za-z])(?=\d)/).map((word) => word.toLowerCase());
  return words.map((word) => (ACRONYMS.has(word) ? word.toUpperCase() : word)).join(" ");
}

/** Fields as a line of CSV, with its line end. */
export function csvLine(fields: readonly (string | number)[]): string {
  return fields.map(csvField).join(",") + "\r\n";
}

const ACRONYMS = new Set(["auc", "bpr", "lstm", "mase", "ndcg", "warp"]);

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** A field as RFC 4180 has it; a spreadsheet takes one that begins like a formula for a formula, so it gets an apostrophe. */
function csvField(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
