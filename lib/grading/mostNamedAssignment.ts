import { parseNotebook } from "../runner/parseNotebook";
import type { Submission } from "./findSubmissions";
import { assignmentName } from "./toRelease";

/** The assignment that most submissions name in their metadata; undefined where none does. */
export function mostNamedAssignment(submissions: Submission[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { text } of submissions) {
    const name = nameIn(text);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function nameIn(text = ""): string | undefined {
  try {
    return assignmentName(parseNotebook(text));
  } catch {
    return undefined; // no notebook, which its grade will say
  }
}
