/// <reference lib="dom" />

/** A notebook as it travels in a link. */
export interface LinkedNotebook {
  nbformat: number;
  cells: { cell_type: string; outputs?: unknown[]; execution_count?: number | null }[];
}

const MOST = 4e6; // bytes of a notebook without outputs; a lesson has 30 thousand

/** A notebook without its outputs as text for a link: JSON, deflated (RFC 1951), in base64url (RFC 4648). */
export async function toLinkText(notebook: LinkedNotebook): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(withoutOutputs(notebook)));
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw")));
  const letters = Array.from(new Uint8Array(await packed.arrayBuffer()), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/**
 * The notebook of such a text, and the bytes of its JSON. Outputs are dropped: nothing of it is shown that was not run here.
 *
 * @throws Error where the text was cut or changed, holds no notebook, or one of more than 4 MB
 */
export async function parseLinkText(text: string): Promise<{ notebook: LinkedNotebook; bytes: number }> {
  const json = await unpacked(text);
  const notebook = JSON.parse(new TextDecoder().decode(json)) as LinkedNotebook;
  const isCell = (cell: unknown) => typeof (cell as { cell_type?: unknown } | null)?.cell_type === "string";
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells) || !notebook.cells.every(isCell))
    throw new Error("the link holds no notebook of nbformat 4; ask for another link");
  return { notebook: withoutOutputs(notebook), bytes: json.length };
}

function withoutOutputs(notebook: LinkedNotebook): LinkedNotebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return { ...notebook, cells };
}

/** Stops where more comes out than a notebook has: a few bytes can unpack to gigabytes. */
async function unpacked(text: string): Promise<Uint8Array> {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
    const parts: Uint8Array[] = [];
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let size = 0, next = await reader.read(); !next.done; next = await reader.read()) {
      if ((size += next.value.length) > MOST) throw new RangeError(`it unpacks to more than ${MOST / 1e6} MB`);
      parts.push(next.value);
    }
    return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
  } catch (error) {
    throw new Error(`the notebook in the link cannot be read (${(error as Error).message}); was the link cut?`, { cause: error }); // prettier-ignore
  }
}
