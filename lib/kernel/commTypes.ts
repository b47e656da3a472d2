import type { ErrorReport } from "./reportError";

/** A message of a comm: a channel between an object in the kernel and one in a front end. */
export interface CommMessage {
  type: string;
  content: Record<string, unknown>;
  metadata: Record<string, unknown>;
  /** Bytes beside the JSON. */
  buffers: Uint8Array[];
}

/** What a message of a comm carries: a value for JSON, and bytes. */
export interface CommData {
  data?: unknown;
  metadata?: object;
  buffers?: Uint8Array[];
}

/** A channel between an object here and one in a front end. */
export interface KernelComm {
  readonly id: string;
  send(message: CommData): void;
  /** Closes it on both sides; nothing is heard of it any more. */
  close(): void;
  onMessage(listener: (message: CommMessage) => void): void;
  onClose(listener: () => void): void;
}

/** What cells can do with comms. */
export interface Comms {
  open(id: string, target: string, opening: CommData): KernelComm;
  /** Takes the comms that clients open for a target, in place of who took them before. */
  take(target: string, taker: (comm: KernelComm, opening: CommMessage) => void): void;
  /** An error in the words of whoever wrote the cells. */
  report(error: unknown): ErrorReport;
}
