const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

/** Compiled code, and the source map that was written at its end. */
export function splitMap(compiled: string): { code: string; map?: string } {
  const found = INLINE_MAP.exec(compiled);
  if (!found) return { code: compiled };
  return { code: compiled.slice(0, found.index), map: Buffer.from(found[1], "base64").toString() };
}
