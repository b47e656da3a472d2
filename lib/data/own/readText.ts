import * as fs from "node:fs";
import { decompress } from "../decompress";
import { checkFile } from "./checkFile";

const MOST_BYTES = 2 ** 30; // of an unpacked file: a text of JavaScript holds no more

/**
 * The text of a file of a person's own, also of one that gzip has packed. Without an encoding it is UTF-8, or UTF-16 where
 * it begins so.
 *
 * @param encoding - as TextDecoder names it
 * @throws RangeError for a file or an encoding that is not there, SyntaxError for bytes that are no such text
 * @internal
 */
export function readText(call: string, file: string, encoding?: string): string {
  checkFile(call, file);
  const bytes = decompress(fs.readFileSync(file), { maxBytes: MOST_BYTES });
  const name = encoding ?? encodingOf(bytes);
  const decoder = decoderFor(call, name);
  try {
    return decoder.decode(bytes);
  } catch (error) {
    const cure =
      encoding === undefined
        ? 'pass { encoding: "windows-1252" } if it is of an older Excel or Windows'
        : "pass another encoding";
    throw new SyntaxError(`${call}: ${file} is no text in ${name}; save it as UTF-8, or ${cure}`, { cause: error });
  }
}

/**
 * The encoding of a text that begins so, as TextDecoder and Buffer name it: UTF-16 by its mark, else UTF-8.
 *
 * @internal
 */
export function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function decoderFor(call: string, name: string): TextDecoder {
  try {
    return new TextDecoder(name, { fatal: true });
  } catch (error) {
    throw new RangeError(`${call}: encoding is "${name}"; give one such as "utf-8", "windows-1252" or "shift_jis"`, { cause: error }); // prettier-ignore
  }
}
