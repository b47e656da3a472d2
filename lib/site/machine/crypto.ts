/// <reference lib="dom" />
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";

const HASHES = { md5, sha1, sha224, sha256, sha384, sha512 };
type Data = string | ArrayBufferView;
type Digesting = { update(bytes: Uint8Array): unknown; digest(): Uint8Array; clone?(): Digesting };

class Hash {
  constructor(private readonly state: Digesting) {}
  update(data: Data, encoding?: BufferEncoding) {
    this.state.update(bytesOf(data, encoding));
    return this;
  }
  digest(encoding?: BufferEncoding) {
    const bytes = Buffer.from(this.state.digest());
    return encoding === undefined ? bytes : bytes.toString(encoding);
  }
  copy = () => new Hash(this.state.clone!());
}

function bytesOf(data: Data, encoding?: BufferEncoding): Uint8Array {
  if (typeof data === "string") return new Uint8Array(Buffer.from(data, encoding));
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function hashNamed(name: string) {
  const found = HASHES[name.toLowerCase().replace("-", "") as keyof typeof HASHES];
  if (!found) throw new Error(`Digest method not supported: ${name}; in a browser tab there are ${Object.keys(HASHES).join(", ")}`); // prettier-ignore
  return found;
}

const LARGEST = 65536; // bytes that a browser gives at once

function randomBytes(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += LARGEST) crypto.getRandomValues(bytes.subarray(at, at + LARGEST));
  return bytes;
}

/** Node's `crypto`, as far as sums, random bytes and the browser's own cryptography go. */
export = {
  createHash: (name: string) => new Hash(hashNamed(name).create()),
  createHmac: (name: string, key: Data) => new Hash(hmac.create(hashNamed(name), bytesOf(key)) as Digesting),
  getHashes: () => Object.keys(HASHES),
  randomUUID: () => crypto.randomUUID(),
  randomBytes,
  randomInt: (low: number, high?: number) => {
    const [from, to] = high === undefined ? [0, low] : [low, high];
    return from + (randomBytes(6).readUIntBE(0, 6) % (to - from));
  },
  getRandomValues: (values: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(values),
  timingSafeEqual: (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0,
  ...{ webcrypto: crypto, subtle: crypto.subtle, Hash },
};
