import { createHash } from "node:crypto";

/** Bytes hashed at a time: Node takes no more than 2 GB. */
const PIECE = 2 ** 30;

/** SHA-256 of these bytes, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const hash = createHash("sha256");
  for (let start = 0; start < bytes.length; start += PIECE) hash.update(bytes.subarray(start, start + PIECE));
  return hash.digest();
}
