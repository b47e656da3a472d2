import { existsSync } from "node:fs";
import { shownPath } from "../../files";

/**
 * What an earlier run has kept; undefined where there is nothing, or nothing that can be read, which is then told.
 *
 * @param file - is there where something is kept
 */
export async function readKept<Kept>(
  file: string,
  read: () => Kept | Promise<Kept>,
  log: (line: string) => void,
): Promise<Kept | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    return await read();
  } catch (error) {
    log(`What is kept in ${shownPath(file)} cannot be read and is passed over: ${(error as Error).message}`);
    return undefined;
  }
}
