/** What a cell shows: nbformat's stream, display_data, execute_result and error outputs. */
export type Output =
  | { output_type: "stream"; name: string; text: string }
  | { output_type: "display_data"; data: MimeBundle; metadata: Record<string, unknown> }
  | {
      output_type: "execute_result";
      data: MimeBundle;
      metadata: Record<string, unknown>;
      execution_count: number | null;
    }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** One value in several forms, by MIME type: text as a string, JSON types as objects. */
export type MimeBundle = Record<string, unknown>;

/** A cell with its source as one string. Outputs and the execution count belong to code cells only. */
export interface Cell {
  cell_type: "code" | "markdown" | "raw";
  id: string;
  source: string;
  metadata: Record<string, unknown> & { tags?: string[] };
  outputs: Output[];
  execution_count: number | null;
  attachments?: Record<string, MimeBundle>;
}

/** A notebook of nbformat 4.5. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: 4;
  nbformat_minor: number;
}

/** Whether a cell carries a tag. */
export function hasTag(cell: Cell, tag: string): boolean {
  return Array.isArray(cell.metadata.tags) && cell.metadata.tags.includes(tag);
}

/** Whether a run executes a cell: a code cell with something in it that is not tagged `skip-execution`. */
export function isExecuted(cell: Cell): boolean {
  return cell.cell_type === "code" && cell.source.trim() !== "" && !hasTag(cell, "skip-execution");
}

/** Whether a MIME type holds JSON values, which nbformat keeps as objects and never as text. */
export function isJSONType(mime: string): boolean {
  return mime === "application/json" || mime.endsWith("+json");
}

/** Whether a value is an object that is neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a notebook's metadata say of the kernel that it is written for. */
export const KERNELSPEC = { display_name: "TypeScript", language: "typescript", name: "tslab" };
