import { isRecord } from "../../runner/notebook";
import { MLflowError } from "./mlflowError";
import { mlflowLogin } from "./mlflowLogin";

/** Calls one of a server's methods, named as `runs/create`, and resolves to what it answers. */
export type MLflowCall = (method: string, content: Record<string, unknown>) => Promise<Record<string, unknown>>;

const PATIENCE = 30_000; // ms for an answer

/**
 * How to call the REST interface of an MLflow server (version 2.0 of the interface), with the login that `mlflowLogin` finds. No
 * error tells a name, a password or a token.
 *
 * @param server - the address, as `http://127.0.0.1:5000`, without a name or a password
 * @param env - where the login is; default the environment of this process
 * @throws RangeError for what is no such address, or half a login; the calls throw MLflowError
 */
export function callMLflow(server: string, env: Record<string, string | undefined> = process.env): MLflowCall {
  const base = checkedAddress(server);
  const login = mlflowLogin(env);
  return async (method, content) => {
    const response = await answerOf(server, request(`${base}/api/2.0/mlflow/${method}`, { method, content, login }));
    const answer = parsed(response.text);
    if (response.ok && answer) return answer;
    throw refusal(server, { method, status: response.status, answer, hasLogin: login !== undefined });
  };
}

function checkedAddress(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (isPlain) return url.href.replace(/\/+$/, "");
  const shown = url?.username || url?.password ? "an address with a name or a password" : `"${server}"`;
  throw new RangeError(`The MLflow server is ${shown}; give an address alone, as in http://127.0.0.1:5000`);
}

/** Only the search for a name is a GET, as MLflow has it. */
function request(
  url: string,
  { method, content, login }: { method: string; content: Record<string, unknown>; login?: string },
): Request {
  const given: Record<string, string> = login === undefined ? {} : { Authorization: login };
  if (method === "experiments/get-by-name")
    return new Request(`${url}?${new URLSearchParams(content as Record<string, string>)}`, { headers: given });
  const headers = { "Content-Type": "application/json", ...given };
  return new Request(url, { method: "POST", headers, body: JSON.stringify(content) });
}

async function answerOf(server: string, asked: Request): Promise<{ ok: boolean; status: number; text: string }> {
  try {
    const response = await fetch(asked, { signal: AbortSignal.timeout(PATIENCE) });
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    const { message, cause } = error as Error;
    const why = (cause as NodeJS.ErrnoException | undefined)?.code ?? message;
    throw new MLflowError(`The MLflow server ${server} cannot be reached (${why}); start it, or give its address`);
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return isRecord(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function refusal(
  server: string,
  asked: { method: string; status: number; answer?: Record<string, unknown>; hasLogin: boolean },
): MLflowError {
  const { method, status, answer, hasLogin } = asked;
  if (status === 401) return new MLflowError(unauthorized(server, hasLogin));
  const { error_code: reason, message } = answer ?? {};
  if (typeof reason !== "string")
    return new MLflowError(
      `${server} answered ${method} with status ${status} and not as MLflow does; give the address of an MLflow server`,
    );
  const [why] = String(message ?? "").split("\n");
  return new MLflowError(
    `The MLflow server ${server} refused ${method} (status ${status}): ${reason}: ${why}; mend that, and export again`,
    reason,
  );
}

function unauthorized(server: string, hasLogin: boolean): string {
  const names = "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN";
  return hasLogin
    ? `The MLflow server ${server} does not take the login (status 401); correct ${names}`
    : `The MLflow server ${server} asks for a login (status 401); set ${names}`;
}
