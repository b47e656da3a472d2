/** A socket's sending side. */
export interface Sends {
  send(frames: (Uint8Array | string)[]): Promise<void>;
}

/** Sends one message after the other: zeromq takes the next only when the last has left. */
export interface Sender {
  send(frames: (Uint8Array | string)[]): Promise<void>;
  /** Settles when all that was sent has left. */
  drained(): Promise<void>;
}

/** The sender of a socket. */
export function newSender(socket: Sends): Sender {
  let last: Promise<void> = Promise.resolve();
  return {
    send: (frames) => (last = last.then(() => sendPatiently(socket, frames)).catch(ignoreClosed)),
    drained: () => last,
  };
}

const RETRY = 5; // ms until a reader that is behind is asked again

async function sendPatiently(socket: Sends, frames: (Uint8Array | string)[]): Promise<void> {
  for (;;)
    try {
      return await socket.send(frames);
    } catch (error) {
      if ((error as { code?: string }).code !== "EAGAIN") throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
}

function ignoreClosed(_error: unknown): void {
  // A socket that was closed meanwhile: the kernel is on its way out.
}
