import { readParameters } from "../../../lib/runner/parameters/readParameters";
import { code, notebookOf, prose } from "../samples";

/** A cell of parameters of every kind. */
export const declared = code(
  [
    "// the length of the training",
    "const epochs: number = 10;",
    'const name: string = "plain", quick = false;',
    "let rates: readonly number[] = [0.1, -0.01];",
    'const backend: "wasm" | "cpu" | null = "wasm";',
    "const sizes = [28, 28] as const;",
    "const limit: number | undefined = undefined;",
    "const options: { depth: number; wide?: boolean } = { depth: 2 };",
    "const minutes = 60 * 2;",
    "const range: [low: number, high?: number] = [0];",
    "const weights: Record<string, number> = {};",
    "const tags: Array<string | number> = [];",
    'const mode: Mode = "fast";',
  ].join("\n"),
  "parameters",
);

/** A notebook that declares them. */
export const notebook = notebookOf(prose("# A"), declared);
export const parameters = readParameters(notebook);
