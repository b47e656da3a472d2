import { join, sep } from "path";
import { inspect, types } from "util";
import { excerpt } from "./excerpt";
import { isOwnCode } from "./ownCode";

/** An error as Jupyter's messages tell it. */
export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** What is known of the code that errors come from. */
export interface ErrorPlaces {
  /** The kernel's folder: paths are shown from here. */
  folder: string;
  /** The code of a cell, by its name. */
  sourceOf(name: string): string | undefined;
}

const DEPTH = 5; // causes of causes

/** A thrown value as its reader needs it: the message, then the user's own frames, those in cells with their code. */
export function reportError(thrown: unknown, places: ErrorPlaces, depth = 0): ErrorReport {
  if (!isError(thrown)) {
    const text = typeof thrown === "string" ? thrown : inspect(thrown);
    return { ename: "Error", evalue: text, traceback: [`thrown: ${text}`] };
  }
  const ename = String(thrown.name || thrown.constructor?.name || "Error");
  const evalue = String(thrown.message);
  const head = evalue ? `${ename}: ${evalue}` : ename;
  const traceback = [...head.split("\n"), ...ownFrames(thrown, places), ...innerErrors(thrown, places, depth)];
  return { ename, evalue, traceback };
}

function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || thrown instanceof Error;
}

function innerErrors(error: Error, places: ErrorPlaces, depth: number): string[] {
  const { cause, errors } = error as Error & { cause?: unknown; errors?: unknown };
  const inner = [...(cause === undefined ? [] : [cause]), ...(Array.isArray(errors) ? errors : [])];
  if (depth >= DEPTH) return [];
  return inner.flatMap((one) => {
    const [first, ...rest] = reportError(one, places, depth + 1).traceback;
    return [`Caused by ${first}`, ...rest];
  });
}

const FRAME = /^ {4}at (?:(.*) \()?(.+?):(\d+):(\d+)\)?$/;
const IN_PACKAGE = /[\\/]node_modules[\\/]/;
/** How V8 speaks of a function of an earlier cell. */
const THROUGH_EXPORTS = /^( {4}at (?:async )?)Proxy\./;

function ownFrames({ stack }: Error, { folder, sourceOf }: ErrorPlaces): string[] {
  const shown: string[] = [];
  for (const line of String(stack ?? "").split("\n")) {
    const [, , file, number] = FRAME.exec(line.replace("at async ", "at ")) ?? [];
    if (file === undefined || IN_PACKAGE.test(file) || isOwnCode(file)) continue;
    const source = sourceOf(file);
    const frame = line.replace(join(folder, sep), "").replace(THROUGH_EXPORTS, "$1");
    shown.push(frame, ...(source === undefined ? [] : excerpt(source, Number(number))));
  }
  return shown;
}
