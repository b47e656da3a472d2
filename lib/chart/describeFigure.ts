import type { Figure } from "./figure";
import { plainText } from "./svg/label";

/** A figure in a line of text: its title, and the names in its legend. */
export function describeFigure({ data, layout }: Figure): string {
  const names = [...new Set(data.flatMap(({ name }) => name ?? []))];
  const title: unknown = (layout as { title?: unknown }).title ?? "";
  const text = typeof title === "object" ? ((title as { text?: unknown }).text ?? "") : title;
  const shown = plainText(String(text)) || "Figure";
  return names.length ? `${shown} (${names.map((name) => plainText(String(name))).join(", ")})` : shown;
}
