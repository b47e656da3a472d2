/** The comms that are open, as `comm_info_request` asks for them. */
export interface CommList {
  /** Hears a message of a comm, of either side; the content as JSON text or as a value. */
  hear(type: string, content: string | Record<string, unknown>): void;
  /** All of them by their ids, or those of one target. */
  list(target?: unknown): Record<string, { target_name: string }>;
}

/** No comm is open. */
export function newCommList(): CommList {
  const open = new Map<string, string>();
  return {
    hear: (type, content) => {
      if (type !== "comm_open" && type !== "comm_close") return;
      const { comm_id: id, target_name: target } = typeof content === "string" ? JSON.parse(content) : content;
      if (type === "comm_close") open.delete(String(id));
      else open.set(String(id), String(target));
    },
    list: (target) => {
      const asked = [...open].filter(([, name]) => target === undefined || target === null || name === target);
      return Object.fromEntries(asked.map(([id, target_name]) => [id, { target_name }]));
    },
  };
}
