import { figureBundle } from "../chart/figureBundle";
import { counted } from "../text";
import { arrayBundle } from "./arrayBundle";
import { toDataResource } from "./dataResource";
import type { Bundle } from "./display";
import { svgBundle } from "./fileBundle";
import { toGrid, type TableLike } from "./grid";
import { imageSetBundle, isImages } from "./imageSetBundle";
import { isFigure } from "./isFigure";
import { isLayer, isModel, layerText, modelBundle, modelText, shapeText } from "./modelBundle";
import { gridBundle } from "./table";
import { tensorBundle, type TensorLike, tensorText } from "./tensorBundle";

/**
 * What a value shows beyond Node's own text, by what it is: an arquero table, a tensor, a model, a typed array, a figure,
 * pictures with their labels, bytes or text that are a picture's file. It goes by what the value can do, not by its
 * class, of which there may be two copies. Undefined for any other value.
 */
export function richBundle(value: unknown): Bundle | undefined {
  if (typeof value === "string") return svgBundle(value);
  if (typeof value !== "object" || value === null) return undefined;
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? undefined : arrayBundle(value as NodeJS.TypedArray);
  if (isTensor(value)) return tensorBundle(value);
  if (isTable(value)) return tableBundle(value);
  if (isModel(value)) return modelBundle(value);
  if (isFigure(value)) return { ...figureBundle(value) };
  return isImages(value) ? imageSetBundle(value) : undefined;
}

/** A value of a library in a line, as it stands within other values and where it is printed; undefined for any other value. */
export function lineText(value: object): string | undefined {
  if (isTensor(value)) return tensorText(value);
  if (isTable(value)) return tableText(value);
  if (isModel(value)) return modelText(value);
  if (isLayer(value)) return layerText(value);
  return isSymbolic(value) ? `SymbolicTensor ${value.name} ${value.dtype} ${shapeText(value.shape)}` : undefined;
}

/** Whether a value stands for a tensor that layers will give. */
function isSymbolic(value: object): value is { name: string; dtype: string; shape: unknown } {
  return "sourceLayer" in value && "dtype" in value && "shape" in value && Array.isArray(value.shape);
}

function tableText(table: TableLike): string {
  return `Table, ${counted(table.numRows(), "row")}: ${table.columnNames().join(", ")}`;
}

function isTensor(value: object): value is TensorLike {
  return "dtype" in value && "shape" in value && isMethod(value, "dataSync") && Array.isArray(value.shape);
}

function isTable(value: object): value is TableLike {
  return ["numRows", "columnNames", "get"].every((name) => isMethod(value, name));
}

function isMethod(value: object, name: string): boolean {
  return name in value && typeof (value as Record<string, unknown>)[name] === "function";
}

function tableBundle(table: TableLike): Bundle {
  const grid = toGrid(table);
  return { ...gridBundle(grid), "application/vnd.dataresource+json": toDataResource(grid) };
}
