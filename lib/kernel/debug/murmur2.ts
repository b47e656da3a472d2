const MIX = 0x5bd1e995;

/**
 * The hash by which Jupyter's clients name the code of a cell: MurmurHash2 of its UTF-8 text, in 32 bits without a sign
 * (A. Appleby, 2008).
 */
export function murmur2(text: string, seed: number): number {
  const bytes = Buffer.from(text);
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), MIX);
    word = Math.imul(word ^ (word >>> 24), MIX);
    hash = Math.imul(hash, MIX) ^ word;
  }
  if (whole < bytes.length) {
    for (let at = bytes.length - 1; at >= whole; at--) hash ^= bytes[at] << (8 * (at - whole));
    hash = Math.imul(hash, MIX);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return (hash ^ (hash >>> 15)) >>> 0;
}
