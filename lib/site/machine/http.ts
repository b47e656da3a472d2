/** Of Node's `http` a tab has only the names of states. */
export const STATUS_CODES: Record<number, string> = {
  ...{ 200: "OK", 204: "No Content", 400: "Bad Request", 403: "Forbidden", 404: "Not Found" },
  ...{ 405: "Method Not Allowed", 408: "Request Timeout", 413: "Payload Too Large", 429: "Too Many Requests" },
  ...{ 500: "Internal Server Error", 503: "Service Unavailable" },
};
