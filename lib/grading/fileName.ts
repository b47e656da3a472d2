import { createHash } from "crypto";

/** A student's name as the name of a file: letters, digits and a few marks; where others go, a hash keeps names apart. */
export function fileName(student: string): string {
  const plain = student
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._ -]+/gu, "_")
    .replace(/^[. ]+|[. ]+$/g, "_")
    .slice(0, 80);
  if (plain === student) return plain;
  return `${plain}-${createHash("sha256").update(student).digest("hex").slice(0, 6)}`;
}
