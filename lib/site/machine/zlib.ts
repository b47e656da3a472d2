import * as base from "@jspm/core/nodelibs/zlib";

/** The content, or with `info` also how many bytes were read: all of them, as damaged ones are refused. */
const gunzipSync = (bytes: Uint8Array, options: { info?: boolean } = {}) => {
  const buffer = base.gunzipSync(bytes, options);
  return options.info ? { buffer, engine: { bytesWritten: bytes.length } } : buffer;
};

/** Node's `zlib`. */
export = { ...base, gunzipSync };
