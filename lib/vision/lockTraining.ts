import { existsSync } from "node:fs";
import { hostname } from "node:os";
import type { StopRequest } from "../interrupt/listenForStop";
import type { FolderHolder, FolderLock } from "../lock/folderLock";
import { waitForFolder } from "../lock/waitForFolder";
import { checkpointFile } from "./trainingFolder";

/** What a training waits with. */
export interface LockOptions {
  epochs: number;
  fresh: boolean;
  stop: StopRequest;
  /** Hears once who trains the same. */
  onWait: (line: string) => void;
}

/**
 * Takes the folder of a training's checkpoints, so that nobody else trains the same at the same time, and waits for whoever
 * does. Gives undefined where nothing is to be trained: the last epoch is there, or the training is stopped.
 *
 * @param folder - null where no checkpoints are kept
 */
export async function lockTraining(
  folder: string | null,
  { epochs, fresh, stop, onWait }: LockOptions,
): Promise<FolderLock | undefined> {
  if (folder === null) return undefined;
  const isTrained = () => !fresh && existsSync(checkpointFile(folder, epochs));
  const isOver = () => stop.requested || isTrained();
  const then = fresh ? "train it again" : "take its epochs";
  const line = (holder: FolderHolder) =>
    `${placeOf(holder)} trains the same; waiting for it, to ${then}. Interrupt ends the waiting.`;
  return waitForFolder(folder, { isOver, onWait: (holder) => onWait(line(holder)) });
}

function placeOf({ host, pid }: FolderHolder): string {
  if (host !== hostname()) return `Process ${pid} on ${host}`;
  return pid === process.pid ? "Another call in this process" : `Process ${pid}`;
}
