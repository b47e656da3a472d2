import { inflateRawSync } from "zlib";

/** A file in an archive. */
export interface ZipEntry {
  name: string;
  /** Its bytes. Throws a RangeError where they cannot be had or are more than `MOST`. */
  read(): Buffer;
}

const MOST = 100e6; // bytes of one file; a notebook has a few
const [END, ENTRY, END_SIZE, ENTRY_SIZE, LOCAL_SIZE] = [0x06054b50, 0x02014b50, 22, 46, 30];

/**
 * The files in a .zip archive, stored or deflated.
 *
 * @returns nothing for what is no archive
 */
export function readZip(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + END_SIZE > bytes.length || bytes.readUInt32LE(end) !== END) return [];
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + ENTRY_SIZE > bytes.length || bytes.readUInt32LE(at) !== ENTRY) return entries;
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const head = bytes.subarray(at, at + ENTRY_SIZE);
    entries.push({
      name: bytes.toString("utf8", at + ENTRY_SIZE, at + ENTRY_SIZE + name),
      read: () => contentOf(bytes, head),
    });
    at += ENTRY_SIZE + name + extra + comment;
  }
  return entries;
}

function contentOf(bytes: Buffer, head: Buffer): Buffer {
  const [method, packed, local] = [head.readUInt16LE(10), head.readUInt32LE(20), head.readUInt32LE(42)];
  const start = local + LOCAL_SIZE + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const content = bytes.subarray(start, start + packed);
  if (method === 0) return content;
  if (method === 8) return inflateRawSync(content, { maxOutputLength: MOST });
  throw new RangeError(`the archive packs a file by method ${method}; stored and deflated ones are read`);
}
