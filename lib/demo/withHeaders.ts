/** A request with headers that a browser lets nobody set, as `host`, beside its own. */
export function withHeaders(request: Request, more: Record<string, string>): Request {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return Object.defineProperty(request, "headers", { value: headers });
}
