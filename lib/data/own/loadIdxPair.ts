import * as fs from "node:fs";
import { type Idx, parseIdx } from "../idx";
import { checkFile } from "./checkFile";
import type { OwnSet } from "./ownSet";

const CALL = "loadIdxPair()";
/** The most bytes that one of the files may unpack to: 1 GiB. */
const MOST_BYTES = 2 ** 30;

/**
 * Loads a pair of IDX files, the form of MNIST, plain or gzip: the examples and their classes.
 *
 * @returns `x` of shape [examples, …] as the file has it, with one channel at the end where examples are pictures
 * @throws RangeError for a file that is not there, or where the two do not go together; SyntaxError as `parseIdx`
 */
export function loadIdxPair(examples: string, labels: string): OwnSet {
  const [x, y] = [examples, labels].map(read);
  if (!(x.values instanceof Uint8Array) && !(x.values instanceof Float32Array))
    throw new RangeError(`${CALL}: ${examples} holds ${x.values.constructor.name}; wanted are bytes or 32-bit floats`);
  if (y.dimensions.length !== 1 || y.values.length !== x.dimensions[0])
    throw new RangeError(
      `${CALL}: ${labels} is [${y.dimensions}] and ${examples} [${x.dimensions}]; wanted is one label for each example`,
    );
  const wrong = Array.from(y.values).find((label) => !(Number.isInteger(label) && label >= 0));
  if (wrong !== undefined)
    throw new RangeError(`${CALL}: ${labels} has the label ${wrong}; wanted are whole numbers from 0 on`);
  const shape = x.dimensions.length === 3 ? [...x.dimensions, 1] : x.dimensions;
  const classes = Int32Array.from(y.values).reduce((most, label) => Math.max(most, label + 1), 0);
  return {
    x: x.values,
    shape,
    y: Int32Array.from(y.values),
    classNames: Array.from({ length: classes }, (_, label) => String(label)),
  };
}

function read(file: string): Idx {
  checkFile(CALL, file);
  try {
    return parseIdx(fs.readFileSync(file), { maxBytes: MOST_BYTES });
  } catch (error) {
    throw new SyntaxError(`${CALL}: ${file}: ${(error as Error).message}`, { cause: error });
  }
}
