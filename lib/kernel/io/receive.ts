import { writeSync } from "fs";
import type { ClientMessage, Wire } from "./wireMessage";

/** A socket's receiving side. */
export type Receives = AsyncIterable<Buffer[]>;

/**
 * Hands each message of a socket to `take`, until the socket is closed. Frames that are no message, or not signed with
 * our key, are passed over, and the server's log says so.
 */
export async function receive(socket: Receives, wire: Wire, take: (message: ClientMessage) => void): Promise<void> {
  for await (const frames of socket) {
    const message = decoded(frames, wire);
    if (message) take(message);
  }
}

function decoded(frames: Buffer[], wire: Wire): ClientMessage | undefined {
  try {
    return wire.decode(frames);
  } catch (error) {
    writeSync(2, `The kernel has passed over a message: ${(error as Error).message}\n`);
    return undefined;
  }
}

/** Sends each beat of the heart back, until the socket is closed. */
export async function echo(socket: Receives & { send(frames: Buffer[]): Promise<void> }): Promise<void> {
  for await (const frames of socket) await socket.send(frames);
}

/** Calls `welcome` with the topic of each new reader, until the socket is closed. */
export async function receiveReaders(socket: Receives, welcome: (topic: string) => void): Promise<void> {
  for await (const [frame] of socket) if (frame[0] === 1) welcome(frame.subarray(1).toString());
}
