import * as fs from "node:fs";
import * as path from "node:path";

/**
 * A file that is being written under another name, so that a reader, or a crash, meets all of the old content or all of the
 * new one.
 *
 * @internal
 */
export interface DraftFile {
  /** Writes at a position, or where the last one without a position ended. */
  write(bytes: Uint8Array, position?: number): void;
  /** Gives it its name, once it is on the disk. */
  keep(): void;
  /** Ends it; nothing is left of one that was not kept. */
  close(): void;
}

/** Node writes no more than 2 GB at a time. */
const PIECE = 2 ** 30;

/**
 * Begins to write a file; makes its folder.
 *
 * @internal
 */
export function openDraft(file: string): DraftFile {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const handle = fs.openSync(draft, "w");
  return {
    write(bytes, position) {
      for (let place = 0; place < bytes.length;) {
        const at = position === undefined ? null : position + place;
        place += fs.writeSync(handle, bytes, place, Math.min(PIECE, bytes.length - place), at);
      }
    },
    keep() {
      fs.fsyncSync(handle);
      fs.renameSync(draft, file);
    },
    close() {
      fs.closeSync(handle);
      fs.rmSync(draft, { force: true });
    },
  };
}
