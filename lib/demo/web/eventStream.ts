import type { Context } from "hono";

/** Milliseconds between signs of life: less than the 20 seconds that Gradio's Python client waits. */
export const HEARTBEAT = 15_000;

const HEADERS = { "content-type": "text/event-stream; charset=utf-8" };

/** How events are sent. */
export interface EventStreamOptions {
  /** Called once when all is sent, or the client has gone. */
  onEnd?: () => void;
  /** Milliseconds, default 0: events that end before are answered in one piece, which costs less than a stream. */
  soon?: number;
}

/**
 * A stream of server-sent events (HTML Living Standard, section 9.2) out of blocks of text, each made when the client
 * has taken the one before. The signal is aborted when the client goes.
 */
export async function eventStream(
  context: Context,
  makeBlocks: (signal: AbortSignal) => AsyncGenerator<string>,
  { onEnd = () => {}, soon = 0 }: EventStreamOptions = {},
): Promise<Response> {
  const gone = new AbortController();
  let isOver = false;
  const end = () => {
    if (!isOver) onEnd();
    isOver = true;
  };
  const fail = (error: unknown) => {
    gone.abort();
    end();
    throw error;
  };
  if (context.req.method === "HEAD") {
    end();
    return context.body(null, 200, HEADERS);
  }
  const blocks = makeBlocks(gone.signal);
  const early = await gather(blocks, soon).catch(fail);
  if (!early.next) {
    end();
    return context.body(early.text, 200, HEADERS);
  }
  const all = continued(early, blocks);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await all.next();
        if (!done) return controller.enqueue(encoder.encode(value));
        controller.close();
        end();
      } catch (error) {
        fail(error);
      }
    },
    async cancel() {
      gone.abort();
      end();
      await all.return(undefined);
    },
  });
  return context.body(body, 200, HEADERS);
}

/** What has come in time, and the block that is waited for; none where they have ended. */
interface Early {
  text: string;
  next?: Promise<IteratorResult<string, string>>;
}

async function gather(blocks: AsyncGenerator<string>, milliseconds: number): Promise<Early> {
  if (milliseconds === 0) return { text: "", next: blocks.next() };
  let text = "";
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), milliseconds)));
  try {
    for (;;) {
      const next = blocks.next();
      const block = await Promise.race([next, over]);
      if (!block) {
        next.catch(() => {}); // heard when it is asked for
        return { text, next };
      }
      if (block.done) return { text };
      text += block.value;
    }
  } finally {
    clearTimeout(timer);
  }
}

async function* continued({ text, next }: Early, blocks: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (text) yield text;
    const block = await next;
    if (!block || block.done) return;
    yield block.value;
    yield* blocks;
  } finally {
    await blocks.return(undefined);
  }
}
