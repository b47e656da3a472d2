import type * as TypeScript from "typescript";
import { plainText } from "../describeInfo";
import type { NotebookCell, NotebookCells } from "./notebookCells";

/** A function's form, with what each parameter means. */
export interface Signature {
  label: string;
  /** Markdown. */
  documentation: string;
  /** Each with where it stands in the label, from and to. */
  parameters: { label: [number, number]; documentation: string }[];
}

/** The forms of the function that is called at a place. */
export interface Signatures {
  signatures: Signature[];
  /** The one that fits, and its parameter at the place. */
  active: number;
  parameter: number;
}

/** The help for the call around a place; undefined where there is none. */
export function signaturesAt(cells: NotebookCells, cell: NotebookCell, offset: number): Signatures | undefined {
  const found = cells.service().getSignatureHelpItems(cell.file.fileName, offset, {});
  if (!found) return undefined;
  return {
    signatures: found.items.map(toSignature),
    active: found.selectedItemIndex,
    parameter: found.argumentIndex,
  };
}

function toSignature(item: TypeScript.SignatureHelpItem): Signature {
  const { prefixDisplayParts, separatorDisplayParts, suffixDisplayParts, documentation } = item;
  let label = plainText(prefixDisplayParts);
  const parameters = item.parameters.map((parameter, index) => {
    if (index > 0) label += plainText(separatorDisplayParts);
    const start = label.length;
    label += plainText(parameter.displayParts);
    return { label: [start, label.length] as [number, number], documentation: plainText(parameter.documentation) };
  });
  return { label: label + plainText(suffixDisplayParts), documentation: plainText(documentation), parameters };
}
