import { cellText } from "./cellText";

/** Values of one column as texts, in which all numbers have as many digits after the point. */
export function columnTexts(values: unknown[]): string[] {
  const write = numberWriter(values.filter(isFraction) as number[], values.filter(isFinite) as number[]);
  return values.map((value) => (write && isFinite(value) ? write(value as number) : cellText(value)));
}

/** Whether all texts of a column are numbers, also with a unit, a percent sign or a spread, so that they are set right. */
export function areNumbers(texts: string[]): boolean {
  const written = texts.filter((text) => text !== "" && text !== "…");
  return written.length > 0 && written.every((text) => NUMBER.test(text));
}

const NUMBER = /^[+−-]?\d[\d,.]*(e[+−-]?\d+)?( ± \d[\d,.]*)?( ?%| [a-zA-Zµ]{1,4})?$/;
/** Fractions with no more digits than these are shown as they are. */
const EXACT = 3;
/** More digits after the point than these are written with a power of ten. */
const MOST = 8;

function isFinite(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function isFraction(value: unknown): boolean {
  return isFinite(value) && !Number.isInteger(value);
}

/** Undefined where whole numbers need no format. */
function numberWriter(fractions: number[], numbers: number[]): ((value: number) => string) | undefined {
  if (fractions.length === 0) return undefined;
  const exact = Math.max(...fractions.map(digitsOf));
  const digits = exact <= EXACT ? exact : digitsFor(numbers.map(Math.abs).filter((value) => value > 0));
  return digits > MOST ? (value) => (value === 0 ? "0" : value.toExponential(3)) : (value) => value.toFixed(digits);
}

/** Digits after the point as the number is written; many where it has a power of ten. */
function digitsOf(value: number): number {
  const text = String(Number(value.toPrecision(12)));
  return text.includes("e") ? Infinity : (text.split(".")[1] ?? "").length;
}

/** Four digits that count for the largest, two for the smallest, two after the point at least. */
function digitsFor(sizes: number[]): number {
  const place = (value: number) => Math.floor(Math.log10(value));
  return Math.max(2, 3 - place(Math.max(...sizes)), 1 - place(Math.min(...sizes)));
}
