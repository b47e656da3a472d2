import { createHash, type Hash } from "node:crypto";
import * as fs from "node:fs";

/** Interactions that lie in a file, so that `fit` learns from them without holding them in memory. */
export interface InteractionFile {
  readonly path: string;
  /** Users. */
  readonly rows: number;
  /** Items. */
  readonly columns: number;
  /** Interactions. */
  readonly length: number;
  /** How many of them are not positive. */
  readonly negatives: number;
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly digest: string;
}

/**
 * Opens what `writeInteractionFile` wrote. Only the head is read; whoever reads the interactions, as `fit` does, checks
 * them against the digest.
 *
 * The form: "ATELIERI", the version, the numbers of users and items (32 bits each) and 4 bytes of zeros, the numbers of
 * interactions and of those that are not positive (64 bits each), the SHA-256 of the interactions and of all this; then
 * user and item of each interaction (32 bits each), the item's highest bit set where it is not positive. All numbers
 * are little-endian.
 *
 * @throws SyntaxError for a file that is none of interactions, of another version or cut short; what the file system
 * throws for a file that is not there
 */
export function openInteractionFile(path: string): InteractionFile {
  const handle = fs.openSync(path, "r");
  try {
    const head = new Uint8Array(HEAD_BYTES);
    const bytes = fs.readSync(handle, head, 0, HEAD_BYTES, 0);
    return parseHead(path, head.subarray(0, bytes), fs.fstatSync(handle).size);
  } finally {
    fs.closeSync(handle);
  }
}

function parseHead(path: string, head: Uint8Array, size: number): InteractionFile {
  if (head.length < MAGIC.length || MAGIC.some((byte, place) => head[place] !== byte))
    throw new SyntaxError(`${path} is no file of interactions; write one with writeInteractionFile`);
  const view = new DataView(head.buffer);
  const version = view.getUint32(8, true);
  if (version !== VERSION && head.length >= 12)
    throw new SyntaxError(
      `${path} is a file of interactions in version ${version} of the form, this code reads version ${VERSION}; write it anew`,
    );
  const length = Number(view.getBigUint64(24, true));
  const wanted = HEAD_BYTES + length * PAIR_BYTES;
  if (head.length < HEAD_BYTES || size !== wanted)
    throw new SyntaxError(
      `${path} has ${size} bytes, wanted ${head.length < HEAD_BYTES ? `${HEAD_BYTES} at least` : wanted}; it was cut short or written to; write it anew, or take another copy`,
    );
  return {
    path,
    rows: view.getUint32(12, true),
    columns: view.getUint32(16, true),
    length,
    negatives: Number(view.getBigUint64(32, true)),
    digest: Buffer.from(head.subarray(DIGEST_AT)).toString("hex"),
  };
}

/**
 * The head of a file.
 *
 * @param entries - SHA-256 of the interactions so far; it is ended here
 * @internal
 */
export function formatHead(
  { rows, columns, length, negatives }: Omit<InteractionFile, "path" | "digest">,
  entries: Hash,
): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  head.set(MAGIC);
  [VERSION, rows, columns].forEach((number, place) => view.setUint32(8 + 4 * place, number, true));
  [length, negatives].forEach((number, place) => view.setBigUint64(24 + 8 * place, BigInt(number), true));
  head.set(entries.update(head.subarray(0, DIGEST_AT)).digest(), DIGEST_AT);
  return head;
}

const MAGIC = new TextEncoder().encode("ATELIERI");
const VERSION = 1;
const DIGEST_AT = 40;

/**
 * Bytes before the first interaction.
 *
 * @internal
 */
export const HEAD_BYTES = DIGEST_AT + 32;

/** Bytes of an interaction. */
const PAIR_BYTES = 8;

/**
 * Set in an item's number where the interaction is not positive.
 *
 * @internal
 */
export const MARK = 0x80000000;

/**
 * Reads pairs out of a file, wherever they lie.
 *
 * @internal
 */
export interface PairReader {
  /** What the file's head says. */
  readonly head: InteractionFile;
  /** User and marked item of the entries from a place on, side by side, shape [2 * count]; they last until the next call. */
  read(from: number, count: number): Int32Array;
  /** Closes the file. */
  close(): void;
}

/**
 * Opens a file's pairs. A file that was replaced or cut meanwhile is refused, and so are indices outside its own shape,
 * which may be smaller than the one given.
 *
 * @internal
 */
export function openPairs(file: InteractionFile): PairReader {
  const { path } = file;
  const head = openInteractionFile(path);
  if (head.digest !== file.digest)
    throw new SyntaxError(`${path} has other interactions than when it was opened; open it again`);
  const handle = fs.openSync(path, "r");
  let room = new Int32Array(0);
  return {
    head,
    read(from, count) {
      if (room.length < 2 * count) room = new Int32Array(2 * count);
      const pairs = room.subarray(0, 2 * count);
      if (!fill(handle, new Uint8Array(pairs.buffer, 0, pairs.byteLength), HEAD_BYTES + from * PAIR_BYTES))
        throw new SyntaxError(`${path} was cut short while it was read; write it anew, or take another copy`);
      checkPairs(head, pairs);
      return pairs;
    },
    close: () => fs.closeSync(handle),
  };
}

/** Node reads no more than 2 GB at a time. */
const PIECE = 2 ** 30;

/** Fills all bytes from a position on; false where the file ends before. */
function fill(handle: number, bytes: Uint8Array, position: number): boolean {
  for (let place = 0; place < bytes.length;) {
    const read = fs.readSync(handle, bytes, place, Math.min(PIECE, bytes.length - place), position + place);
    if (read === 0) return false;
    place += read;
  }
  return true;
}

function checkPairs(file: InteractionFile, pairs: Int32Array): void {
  const { rows, columns } = file;
  for (let i = 0; i < pairs.length; i += 2)
    if (pairs[i] < 0 || pairs[i] >= rows || (pairs[i + 1] & ~MARK) >= columns) throw damaged(file);
}

function damaged({ path }: InteractionFile): SyntaxError {
  return new SyntaxError(
    `${path} is damaged, its interactions do not match its checksum; write it anew, or take another copy`,
  );
}

/**
 * All pairs of a file from first to last, `block` at a time, as `PairReader` gives them. At the end they are checked
 * against the digest.
 *
 * @throws SyntaxError for a file that is damaged or was replaced
 * @internal
 */
export function* readPairs(file: InteractionFile, block: number): Generator<Int32Array> {
  const reader = openPairs(file);
  const { length } = reader.head;
  const hash = createHash("sha256");
  try {
    for (let from = 0; from < length; from += block) {
      const pairs = reader.read(from, Math.min(block, length - from));
      hash.update(new Uint8Array(pairs.buffer, pairs.byteOffset, pairs.byteLength));
      yield pairs;
    }
    const head = formatHead(reader.head, hash);
    if (Buffer.from(head.subarray(DIGEST_AT)).toString("hex") !== file.digest) throw damaged(file);
  } finally {
    reader.close();
  }
}
