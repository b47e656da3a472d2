import type { Context } from "hono";

/** Milliseconds between signs of life: less than the 20 seconds that Gradio's Python client waits. */
export const HEARTBEAT = 15_000;

const HEADERS = { "content-type": "text/event-stream; charset=utf-8" };

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
  if (context.req.method === "HEAD") return headers(context, onEnd);
  const gone = new AbortController();
  const blocks = makeBlocks(gone.signal);
  const encoder = new TextEncoder();
  let ended = false;
  const end = () => {
    if (!ended) onEnd();
    ended = true;
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await blocks.next();
        if (!done) return controller.enqueue(encoder.encode(value));
        controller.close();
        end();
      } catch (error) {
        gone.abort();
        end();
        throw error;
      }
    },
    async cancel() {
      gone.abort();
      end();
      await blocks.return(undefined);
    },
  });
  return context.body(body, 200, HEADERS);
}

/** Of a stream that nobody wants to read. */
function headers(context: Context, onEnd: () => void): Response {
  onEnd();
  return context.body(null, 200, HEADERS);
}
