import type { MiddlewareHandler } from "hono";

/** The sum of nothing: plotly.js puts an empty style element into the page and fills it by rules. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Nothing is loaded but the page's own files; pictures are `data:` and `blob:` also. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${EMPTY_STYLE}`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self' http://localhost:* http://127.0.0.1:* vscode-webview:", // notebooks of this machine
].join("; ");

/** What every answer carries, by name. */
export const SECURE_HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-site",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "cache-control": "no-store",
};

const HEADERS = Object.entries(SECURE_HEADERS);

/**
 * Sets the headers that keep a page to itself, and answers out of stores; a handler may set others in their place. They reach
 * what is answered by the context's own methods, which is cheaper than to change each answer.
 */
export const secure: MiddlewareHandler = (context, next) => {
  for (const [name, value] of HEADERS) context.header(name, value);
  return next();
};
