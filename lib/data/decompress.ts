import { gunzipSync } from "node:zlib";

/** More than twice the largest Fashion-MNIST file, so that a small file which unpacks to gigabytes is refused. */
const DEFAULT_MAX_BYTES = 128 * 1024 * 1024;

/**
 * Unpacks gzip (one member or several in a row); anything else is returned as it is.
 *
 * @param maxBytes - the most bytes the content may have, default 128 MiB; unpacking stops there
 * @throws RangeError when the content is larger, SyntaxError when the gzip stream is damaged or has bytes after its end
 */
export function decompress(bytes: Uint8Array, { maxBytes = DEFAULT_MAX_BYTES } = {}): Uint8Array {
  const content = isGzip(bytes) ? gunzip(bytes, maxBytes) : bytes;
  if (content.length > maxBytes) throw tooLarge(`${content.length} bytes`, maxBytes);
  return content;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What Node returns with `info: true`; its type declarations leave that out. */
type Unpacked = { buffer: Uint8Array; engine: { bytesWritten: number } };

function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const { buffer, engine } = unpack(bytes, maxBytes);
  const trailing = bytes.length - engine.bytesWritten;
  if (trailing > 0)
    throw new SyntaxError(
      `decompress(): got ${trailing} bytes after the end of the gzip stream, wanted none; get the file again`,
    );
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function unpack(bytes: Uint8Array, maxBytes: number): Unpacked {
  try {
    return gunzipSync(bytes, { info: true, maxOutputLength: Math.max(1, maxBytes) }) as unknown as Unpacked;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge("a gzip stream that unpacks to more", maxBytes);
    throw new SyntaxError(
      `decompress(): got a damaged gzip stream of ${bytes.length} bytes (${message}), wanted a whole .gz file; get it again`,
      { cause: error },
    );
  }
}

function tooLarge(came: string, maxBytes: number): RangeError {
  return new RangeError(
    `decompress(): got ${came}, wanted at most ${maxBytes} bytes; raise maxBytes if the file is to be that large`,
  );
}
