import { type FolderHolder, type FolderLock, folderHolder, takeFolder } from "./folderLock";

/** How to wait for a folder. */
export interface WaitOptions {
  /** Whether to wait no longer, asked before each look. */
  isOver: () => boolean;
  /** Hears once who holds the folder. */
  onWait: (holder: FolderHolder) => void;
  /** Seconds between two looks, default 0.3. */
  look?: number;
}

/** Takes a folder as soon as nobody else holds it; undefined where the waiting was over before. */
export async function waitForFolder(
  folder: string,
  { isOver, onWait, look = 0.3 }: WaitOptions,
): Promise<FolderLock | undefined> {
  let isTold = false;
  while (!isOver()) {
    const lock = takeFolder(folder);
    if (lock) return lock;
    const holder: FolderHolder | undefined = isTold ? undefined : folderHolder(folder);
    if (holder) onWait(holder);
    isTold ||= holder !== undefined;
    await new Promise((resolve) => setTimeout(resolve, look * 1000));
  }
  return undefined;
}
