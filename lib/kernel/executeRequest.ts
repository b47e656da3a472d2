/** What a client asks of a cell. */
export interface ExecuteRequest {
  id: number;
  code: string;
  silent: boolean;
  storeHistory: boolean;
  stopOnError: boolean;
  allowStdin: boolean;
  expressions: Record<string, unknown>;
}

/** The content of an `execute_request`, with the protocol's defaults for what it leaves out. */
export function toExecuteRequest(id: number, content: Record<string, unknown>): ExecuteRequest {
  const silent = content.silent === true;
  const expressions = content.user_expressions;
  return {
    id,
    code: String(content.code ?? ""),
    silent,
    storeHistory: !silent && content.store_history !== false,
    stopOnError: content.stop_on_error !== false,
    allowStdin: content.allow_stdin === true,
    expressions: typeof expressions === "object" && expressions !== null ? { ...expressions } : {},
  };
}
