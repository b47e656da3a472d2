import type { Context } from "hono";

/** Milliseconds between signs of life: less than the 20 seconds that Gradio's Python client waits. */
export const HEARTBEAT = 15_000;

/**
 * A stream of server-sent events (HTML Living Standard, section 9.2) out of blocks of text, each made when the client
 * has taken the one before. The signal is aborted when the client goes.
 *
 * @param onEnd - told once when all is sent, or the client has gone
 */
export function eventStream(
  context: Context,
  makeBlocks: (signal: AbortSignal) => AsyncGenerator<string>,
  onEnd: () => void = () => {},
): Response {
  const gone = new AbortController();
  const blocks = makeBlocks(gone.signal);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await blocks.next();
      if (!done) return controller.enqueue(encoder.encode(value));
      controller.close();
      onEnd();
    },
    async cancel() {
      gone.abort();
      onEnd();
      await blocks.return(undefined);
    },
  });
  return context.body(body, 200, { "content-type": "text/event-stream; charset=utf-8" });
}
