import { randomUUID } from "crypto";
import type { ErrorReport } from "../reportError";
import type { ClientMessage } from "./wireMessage";

/** The content of a reply. */
type Reply = { status: "ok"; subshell_id?: string | string[] } | ({ status: "error" } & ErrorReport);

/** The subshells that clients have made (Jupyter's enhancement proposal 91). */
export interface Subshells {
  /** The reply to a request that makes, deletes or lists subshells; undefined for other requests. */
  answer(message: ClientMessage): Reply | undefined;
  /** The reply to a message for a subshell that is not there; undefined where it is. */
  refusal(message: ClientMessage): ErrorReport | undefined;
}

/** No subshell yet. `end` is called with each that is deleted. */
export function newSubshells(end: (id: string) => void): Subshells {
  const ids = new Set<unknown>();

  const unknown = (message: ClientMessage, id: unknown): ErrorReport => {
    const known = ids.size === 0 ? "it has none" : `it has ${[...ids].join(", ")}`;
    const evalue = `${message.header.msg_type}: the kernel has no subshell ${JSON.stringify(id)}, ${known}; make one with create_subshell_request`;
    return { ename: "UnknownSubshell", evalue, traceback: [`UnknownSubshell: ${evalue}`] };
  };

  const create = (): Reply => {
    const id = randomUUID();
    ids.add(id);
    return { status: "ok", subshell_id: id };
  };

  const remove = (message: ClientMessage): Reply => {
    const id = message.content.subshell_id;
    if (!ids.delete(id)) return { status: "error", ...unknown(message, id) };
    end(String(id));
    return { status: "ok" };
  };

  return {
    answer: (message) => {
      switch (message.header.msg_type) {
        case "create_subshell_request":
          return create();
        case "delete_subshell_request":
          return remove(message);
        case "list_subshell_request":
          return { status: "ok", subshell_id: [...ids].map(String) };
        default:
          return undefined;
      }
    },
    refusal: (message) => {
      const id = shellOf(message);
      return id === undefined || ids.has(id) ? undefined : unknown(message, id);
    },
  };
}

/** The subshell that a message is for; undefined for the main shell. */
export function shellOf({ header }: ClientMessage): string | undefined {
  return (header.subshell_id ?? undefined) as string | undefined;
}
