import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a client asked for: the way of the address with its query, and the content. */
export interface Asked {
  method: string;
  content: Record<string, unknown>;
  /** The header of that name. */
  authorization?: string;
}

/** What to answer; a status other than 200 refuses. */
export interface Answer {
  status?: number;
  body: string | object;
}

/** A server on this machine that notes what it is asked, and answers as it is told. */
export interface MLflowServer {
  url: string;
  asked: Asked[];
  close(): Promise<void>;
}

/** Starts one; `answer` gets each request. */
export async function startServer(answer: (asked: Asked) => Answer): Promise<MLflowServer> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { authorization } = request.headers;
    const content = JSON.parse((await textOf(request)) || "{}");
    const one = { method: `${request.method} ${request.url}`, content, ...(authorization && { authorization }) };
    asked.push(one);
    const { status = 200, body } = answer(one);
    response.writeHead(status, { connection: "close" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, close: () => new Promise((resolve) => void server.close(() => resolve())) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}
