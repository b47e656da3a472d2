import * as http from "node:http";
import { quantile } from "../statistics";

/** A way to have a picture classified over HTTP. */
export type Way = "queued" | "direct" | "json";

/** What a load is made of. */
export interface Load {
  /** Where the server answers, with a slash at the end. */
  url: string;
  way: Way;
  /** Requests under way at a time. */
  clients: number;
  /** Seconds during which new ones are begun. */
  seconds: number;
  /** JPEG files, taken in turn. */
  pictures: Buffer[];
}

/** How a server bore a load. */
export interface Borne {
  /** Requests that were answered, and within how long. */
  answered: number;
  seconds: number;
  perSecond: number;
  /** Milliseconds. */
  median: number;
  p99: number;
  /** The class of each picture that was answered, by its place in `pictures`. */
  labels: string[];
}

/** Sends pictures, each client one after the other, and times each from its first byte to its class. */
export async function bear({ url, way, clients, seconds, pictures }: Load): Promise<Borne> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 * clients });
  const ask = newAsker(url, agent);
  const times: number[] = [];
  const labels: string[] = [];
  const started = performance.now();
  let next = 0;
  const client = async () => {
    while (performance.now() - started < 1000 * seconds) {
      const place = next++ % pictures.length;
      const asked = performance.now();
      labels[place] = await WAYS[way](ask, pictures[place]);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const spent = (performance.now() - started) / 1000;
  agent.destroy();
  return {
    answered: times.length,
    seconds: spent,
    perSecond: times.length / spent,
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    labels,
  };
}

/** Sends a body of a type, or asks without one; resolves to the text of the answer. Rejected for a status above 299. */
export type Asker = (path: string, body?: Buffer | string, type?: string) => Promise<string>;

/**
 * Asks a server over connections that are kept. A request that meets one which the server has just closed, as idle ones are
 * after some seconds, is sent again, as browsers do.
 */
export function newAsker(url: string, agent: http.Agent): Asker {
  const ask: Asker = (path, body, type = "application/json") =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(body) };
      const request = http.request(url + path, { agent, method: body === undefined ? "GET" : "POST", headers });
      request.on("error", (error: NodeJS.ErrnoException) => {
        const wasClosed = request.reusedSocket && error.code === "ECONNRESET";
        if (wasClosed) resolve(ask(path, body, type));
        else reject(error);
      });
      request.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          if ((response.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(`${path} was answered with ${response.statusCode}: ${text.slice(0, 200)}`));
        });
      });
      request.end(body);
    });
  return ask;
}

/** How a picture is classified; resolves to its class. */
export const WAYS: Record<Way, (ask: Asker, picture: Buffer) => Promise<string>> = {
  queued: async (ask, picture) => {
    const { event_id: id } = JSON.parse(await ask("gradio_api/call/classify", await uploaded(ask, picture)));
    const events = await ask(`gradio_api/call/classify/${id}`);
    const [, data] = /event: complete\ndata: (.*)\n/.exec(events) ?? [];
    if (data === undefined) throw new Error(`the call ended without an answer: ${events.slice(0, 200)}`);
    return JSON.parse(data)[0].label;
  },
  direct: async (ask, picture) =>
    JSON.parse(await ask("gradio_api/run/classify", await uploaded(ask, picture))).data[0].label,
  json: async (ask, picture) => JSON.parse(await ask("api/classify", picture, "image/jpeg")).label,
};

const BOUNDARY = "----------------------------atelier";
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;

/** Uploads a picture; resolves to the body of a call with it. */
async function uploaded(ask: Asker, picture: Buffer): Promise<string> {
  const form = Buffer.concat([Buffer.from(HEAD), picture, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  const [path] = JSON.parse(await ask("gradio_api/upload", form, `multipart/form-data; boundary=${BOUNDARY}`));
  return JSON.stringify({ data: [{ path, meta: { _type: "gradio.FileData" } }] });
}
