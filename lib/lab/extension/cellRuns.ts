import type { Message } from "@jupyterlab/notebook";
import type { CellUses } from "../../kernel/compiler/cellUses";
import type { CellRun } from "./staleCells";

/** How the cells of a notebook ran in its kernel, as its messages tell. */
export interface CellRuns {
  /** Hears a message on its way; gives whether a cell has come to its end. */
  hear(message: Message, direction: "send" | "recv"): boolean;
  /** How a cell ran last. */
  of(id: string): CellRun | undefined;
  /** The kernel has started anew. */
  forget(): void;
}

/** No cell has run yet. */
export function newCellRuns(): CellRuns {
  const runs = new Map<string, CellRun>();
  const asked = new Map<string, { id: string; source: string }>();
  let order = 0;

  const ask = ({ header, metadata, content }: Message) => {
    if (typeof metadata.cellId === "string")
      asked.set(header.msg_id, { id: metadata.cellId, source: String(content.code) });
  };

  const end = ({ parent_header: { msg_id = "" }, content, metadata }: Message): boolean => {
    const cell = asked.get(msg_id);
    asked.delete(msg_id);
    if (!cell || content.status === "aborted") return false;
    const uses = Array.isArray(metadata.reads) ? (metadata as unknown as CellUses) : undefined;
    runs.set(cell.id, { order: ++order, count: content.execution_count, source: cell.source, uses });
    return true;
  };

  return {
    hear: (message, direction) => {
      const { msg_type: type } = message.header;
      if (direction === "send" && type === "execute_request") ask(message);
      return direction === "recv" && type === "execute_reply" && end(message);
    },
    of: (id) => runs.get(id),
    forget: () => {
      runs.clear();
      asked.clear();
    },
  };
}
