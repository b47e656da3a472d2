import { createServer } from "node:http";

/** A stand-in for an S3-style server on loopback, which keeps files in memory and knows one key. */
export interface S3Server {
  /** The variables with which a client reaches it. */
  variables: Record<string, string>;
  /** What is there, by path. */
  files: Map<string, Buffer>;
  close(): Promise<void>;
}

const KEY = "AKEY";

/** Starts one with a bucket `rows`. */
export async function startS3(): Promise<S3Server> {
  const files = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { method, url = "", headers } = request;
    const refuse = (status: number, code: string) => response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`); // prettier-ignore
    const signature = new RegExp(`^AWS4-HMAC-SHA256 Credential=${KEY}/\\d{8}/us-east-1/s3/aws4_request, `);
    if (!signature.test(headers.authorization ?? "")) return refuse(403, "InvalidAccessKeyId");
    if (!url.startsWith("/rows/")) return refuse(404, "NoSuchBucket");
    if (headers["if-none-match"] === "*" && files.has(url)) return refuse(412, "PreconditionFailed");
    if (method === "PUT") files.set(url, Buffer.concat(parts));
    if (method === "DELETE") files.delete(url);
    if (method !== "GET") return response.end();
    const found = files.get(url);
    return found ? response.end(found) : refuse(404, "NoSuchKey");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    variables: { AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: "secret", AWS_ENDPOINT_URL: endpoint },
    files,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
