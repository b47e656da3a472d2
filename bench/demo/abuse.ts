import * as http from "node:http";
import { connect } from "node:net";
import { formatTable } from "../../lib/runner/history";
import { streamProgress } from "../../lib/runner/progress";
import { type Asker, newAsker } from "./load";
import { makePictures } from "./pictures";
import { startServer } from "./peer";

/** How long the demo is abused. */
export interface AbuseOptions {
  seconds: number;
  signal: AbortSignal;
}

const GOOD_CLIENTS = 4;
const OPEN_REQUESTS = 10_000;
/** Growth of memory between the middle and the end that chance explains, in MB. */
const GROWTH = 100;

/** Good calls among bad ones of every kind. The exit code is 1 when a good one was lost, a refusal unclear or memory grew. */
export async function abuseDemo({ seconds, signal }: AbuseOptions): Promise<number> {
  const { log } = streamProgress(process.stderr);
  const { contender, url, description } = await startServer("ours", "", 1);
  signal.addEventListener("abort", contender.close);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const ask = newAsker(url, agent);
  const tally: Tally = { answered: 0, wrong: [], repeated: 0, refused: new Map(), unclear: [] };
  const memory = async () => (await contender.ask<{ now: number }>({})).now;
  log(`${description}; ${seconds} s of abuse …`);
  try {
    const pictures = await makePictures();
    const truth = await Promise.all(pictures.map((picture) => labelOf(ask, picture)));
    const end = performance.now() + 1000 * seconds;
    const until = (time: number) => () => performance.now() < time && !signal.aborted;
    const running = [
      ...Array.from({ length: GOOD_CLIENTS }, () => askWell(ask, { pictures, truth, tally, goesOn: until(end) })),
      ...ABUSES.map((abuse) => repeat(() => abuse(url, ask, tally), until(end))),
    ];
    await pause((1000 * seconds) / 2);
    const middle = await memory();
    await Promise.all(running);
    log(`${OPEN_REQUESTS} open requests …`);
    await openRequests(url);
    await pause(2000);
    const last = await memory();
    const fresh = new http.Agent(); // the kept connections have been closed meanwhile
    const alive = (await labelOf(newAsker(url, fresh), pictures[0])) === truth[0];
    return report(tally, { middle, last, alive });
  } finally {
    agent.destroy();
    contender.close();
  }
}

interface Tally {
  answered: number;
  /** What good calls were answered that they should not have been. */
  wrong: string[];
  /** Good calls that were asked to come again. */
  repeated: number;
  /** Refusals by what they say. */
  refused: Map<string, number>;
  /** Answers to bad requests that were none. */
  unclear: string[];
}

async function labelOf(ask: Asker, picture: Buffer): Promise<string> {
  return JSON.parse(await ask("api/classify", picture, "image/jpeg")).label;
}

interface GoodClient {
  pictures: Buffer[];
  truth: string[];
  tally: Tally;
  goesOn: () => boolean;
}

async function askWell(ask: Asker, { pictures, truth, tally, goesOn }: GoodClient): Promise<void> {
  for (let place = 0; goesOn(); place = (place + 1) % pictures.length)
    try {
      const label = await labelOf(ask, pictures[place]);
      if (label === truth[place]) tally.answered++;
      else tally.wrong.push(`${label} for ${truth[place]}`);
    } catch (error) {
      const { message } = error as Error;
      if (!/answered with 503/.test(message)) tally.wrong.push(message);
      else tally.repeated++;
      await pause(100);
    }
}

type Abuse = (url: string, ask: Asker, tally: Tally) => Promise<void>;

const PNG = "\x89PNG\r\n\x1a\n";
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const FILES = ["", "hello", SVG, `GIF89a${SVG}`, `${PNG}${SVG}`, "\xff\xd8\xff\xe0", "II*\0", "%PDF-1.7", PNG + "\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0"]; // prettier-ignore

const ABUSES: Abuse[] = [
  async (url, ask, tally) => {
    for (const file of FILES) await refuse(tally, ask("api/classify", Buffer.from(file, "latin1"), "image/png"));
    await refuse(tally, sendTooMuch(url));
    await refuse(tally, ask("api/classify", "x", "text/plain"));
  },
  async (_, ask, tally) => {
    const paths = ["etc/passwd", "gradio_api/file=/etc/passwd", "gradio_api/file=..%2f..%2fpackage.json", "api/recommend?user=%00", "api/similar?item=-1", "api/forecast?category=Hat"]; // prettier-ignore
    for (const path of paths) await refuse(tally, ask(path));
  },
  async (_, ask, tally) => {
    const bodies = ["{", "[]", '{"data": 1}', '{"data": []}', `{"data": [${"[".repeat(5000)}${"]".repeat(5000)}]}`];
    for (const body of bodies) await refuse(tally, ask("gradio_api/call/recommend", body));
    await refuse(tally, ask("gradio_api/call/fly", '{"data": []}'));
    await ask("gradio_api/call/recommend", '{"data": ["1", 1]}').catch(() => {}); // and never comes for the answer
  },
  (url) => breakOff(url, "POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 9000000\r\n\r\n" + "x".repeat(100_000)), // prettier-ignore
  (url) => breakOff(url, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
  (url) => breakOff(url, "GET /gradio_api/heartbeat/a HTTP/1.1\r\nHost: localhost\r\n\r\n"),
  (url) => breakOff(url, "\x16\x03\x01\0nonsense"),
];

/** A bad request must be refused by a sentence. */
async function refuse({ refused, unclear }: Tally, answer: Promise<string>): Promise<void> {
  const message = await answer.then(
    (text) => `answered: ${text.slice(0, 80)}`,
    (error: Error) => error.message,
  );
  const [, said] = /answered with [45]\d\d: .*"(?:message|detail)":"((?:[^"\\]|\\.)+)/.exec(message) ?? [];
  if (said === undefined) unclear.push(message);
  else refused.set(unquote(said), (refused.get(unquote(said)) ?? 0) + 1);
}

function unquote(text: string): string {
  return JSON.parse(`"${text}"`);
}

/** By hand, as Node's own client falls over answers that come before it has sent all. Rejected as an `Asker` is. */
function sendTooMuch(url: string): Promise<string> {
  return new Promise((_, reject) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let said = "";
    socket.on("error", () => {});
    socket.on("data", (data) => (said += data));
    socket.on("close", () => reject(new Error(said.replace(/^HTTP\/1\.1 (\d+)[^]*\r\n\r\n/, "answered with $1: "))));
    socket.write("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: image/png\r\nContent-Length: 11000000\r\n\r\n"); // prettier-ignore
    socket.write(Buffer.alloc(11_000_000));
  });
}

function breakOff(url: string, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.on("close", () => resolve());
    socket.write(text, "latin1", () => setTimeout(() => socket.destroy(), 30));
  });
}

/** Ten thousand requests that are begun and not ended, for a second. */
async function openRequests(url: string): Promise<void> {
  const sockets = Array.from({ length: OPEN_REQUESTS }, () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n");
    return socket;
  });
  await pause(3000);
  sockets.forEach((socket) => socket.destroy());
}

async function repeat(action: () => Promise<void>, goesOn: () => boolean): Promise<void> {
  while (goesOn()) {
    await action();
    await pause(5);
  }
}

interface End {
  middle: number;
  last: number;
  alive: boolean;
}

function report({ answered, wrong, repeated, refused, unclear }: Tally, { middle, last, alive }: End): number {
  const sorted = [...refused]
    .sort(([, a], [, b]) => b - a)
    .map(([said, count]) => [JSON.stringify(said).slice(1, -1), String(count)]);
  console.log(formatTable([["refusal", "times"], ...sorted]));
  console.log(`\n${answered} good calls were answered rightly, ${repeated} asked to come again, ${wrong.length} lost.`);
  console.log(`Memory in the middle ${Math.round(middle)} MB, at the end ${Math.round(last)} MB. The server ${alive ? "is alive" : "has gone"}.`); // prettier-ignore
  for (const line of [...new Set([...wrong, ...unclear])].slice(0, 10)) console.log(`WRONG ${line}`);
  const well = wrong.length === 0 && unclear.length === 0 && alive && last - middle < GROWTH && answered > 0;
  console.log(well ? "All is well." : "Not all is well.");
  return well ? 0 : 1;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
