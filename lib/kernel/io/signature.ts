import { createHmac, timingSafeEqual } from "crypto";

/** What stands between a message's way and its parts. */
export const DELIMITER = "<IDS|MSG>";

/** The HMAC of a message's parts in hexadecimal digits; an empty key means no signature, as Jupyter has it. */
export function signature(parts: (string | Buffer)[], key: string, algorithm = "sha256"): string {
  if (key === "") return "";
  const hmac = createHmac(algorithm, key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
