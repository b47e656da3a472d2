import { AwsClient } from "aws4fetch";
import { pause } from "../../../runner/within";
import type { ResultStore } from "./resultStore";

const LIMIT = 60_000; // ms that an answer may take
const ATTEMPTS = 5; // to reach a server that cannot be reached
const IS_THERE = [409, 412]; // the answers to If-None-Match where a file is there, or another is just being written
const FIRST_PAUSE = 0.2; // seconds; twice as long after each attempt

/**
 * A bucket of an S3-style server as a place for results, `s3://bucket/prefix`. The usual variables say the rest: AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION (default us-east-1) and AWS_ENDPOINT_URL (default Amazon's).
 *
 * @throws RangeError, in one line, for another address or where a variable is missing; its functions, where the server refuses
 */
export function s3Store(place: string, variables: NodeJS.ProcessEnv = process.env): ResultStore {
  const root = rootOf(place, variables);
  const client = clientOf(place, variables);
  const ask = async (method: string, name: string, body?: Uint8Array | string, headers?: Record<string, string>) => {
    const fetched = () =>
      client.fetch(`${root}/${name}`, { method, headers, body: body as BodyInit, signal: AbortSignal.timeout(LIMIT) });
    const answer = await reached(fetched, place);
    if (answer.ok || (answer.status === 404 && (await isMissing(answer.clone())))) return answer;
    if (headers && IS_THERE.includes(answer.status)) return answer;
    throw new RangeError(`${place} refuses ${method} ${name}: ${await reasonOf(answer)}`);
  };
  return {
    shown: place,
    async read(name) {
      const answer = await ask("GET", name);
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
    },
    write: async (name, content) => void (await ask("PUT", name, content)),
    create: async (name, content) => void (await ask("PUT", name, content, { "If-None-Match": "*" })),
    remove: async (name) => void (await ask("DELETE", name)),
  };
}

/** The address of the place over HTTP, with the bucket in its path. */
function rootOf(place: string, variables: NodeJS.ProcessEnv): string {
  const [, bucket, prefix = ""] = /^s3:\/\/([\w.-]+)((?:\/[\w.-]+)*)\/?$/.exec(place) ?? [];
  if (bucket === undefined)
    throw new RangeError(
      `The place for results is "${place}"; give s3://bucket/prefix, of letters, digits, dots, dashes and underscores`,
    );
  const amazon = `https://s3.${regionOf(variables)}.amazonaws.com`;
  const endpoint = variables.AWS_ENDPOINT_URL_S3 ?? variables.AWS_ENDPOINT_URL ?? amazon;
  return `${endpoint.replace(/\/$/, "")}/${bucket}${prefix}`;
}

function clientOf(place: string, variables: NodeJS.ProcessEnv): AwsClient {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (!accessKeyId || !secretAccessKey)
    throw new RangeError(`${place} needs a key; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`);
  const sessionToken = variables.AWS_SESSION_TOKEN;
  return new AwsClient({ accessKeyId, secretAccessKey, sessionToken, service: "s3", region: regionOf(variables) });
}

function regionOf({ AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv): string {
  return AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1";
}

/** The server's answer, after some attempts where there is none. */
async function reached(ask: () => Promise<Response>, place: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const { message, cause } = error as Error & { cause?: { code?: string; message: string } };
      const reason = `${place} cannot be reached (${cause?.code ?? cause?.message ?? message})`;
      if (attempt === ATTEMPTS) throw new RangeError(reason, { cause: error });
      await pause(FIRST_PAUSE * 2 ** (attempt - 1));
    }
  }
}

/** Whether a file is missing, and not the bucket. */
async function isMissing(answer: Response): Promise<boolean> {
  return !/NoSuchBucket/.test(await answer.text());
}

/** `403 AccessDenied` */
async function reasonOf(answer: Response): Promise<string> {
  const code = /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? answer.statusText;
  return `${answer.status} ${code}`;
}
