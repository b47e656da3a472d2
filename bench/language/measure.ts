import { pathToFileURL } from "node:url";
import { CompletionRequest, DefinitionRequest, HoverRequest, ReferencesRequest, SignatureHelpRequest } from "vscode-languageserver-protocol/node"; // prettier-ignore
import { findLessons } from "../../lib/commands/lessons";
import { isExecuted } from "../../lib/runner/notebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { cellUri, type LanguageClient, startLanguageClient } from "../../test/languageServer/languageClient";
import { median, quantile } from "../statistics";

/** The cell that is added, and asked about. */
const TENSORFLOW = 'import * as tf from "@tensorflow/tfjs";\nconst input = tf.input({ shape: [1] });\ntf.te';

/** A kind of request, and the place in the last cell that it is about: behind this text. */
const KINDS = {
  completion: { type: CompletionRequest.type, behind: "tf.te" },
  hover: { type: HoverRequest.type, behind: "= tf.inp" },
  "signature help": { type: SignatureHelpRequest.type, behind: "input(" },
  definition: { type: DefinitionRequest.type, behind: "= tf.inp" },
  references: { type: ReferencesRequest.type, behind: "const inp" },
} as const;

type Kind = keyof typeof KINDS;

/** Measures; gives the rows of a table with its head, times in milliseconds. */
export async function measureLanguage(requests: number): Promise<string[][]> {
  const [file] = findLessons(["01"]);
  const cells = loadNotebook(file).cells.filter(isExecuted).map(({ source }) => source); // prettier-ignore
  const notebook = pathToFileURL(file).href;
  const client = await startLanguageClient();
  try {
    await client.open(notebook, [...cells, TENSORFLOW]);
    const last = { notebook, cell: cells.length };
    const kinds = Object.keys(KINDS) as Kind[];
    const first = await timesOf(client, last, kinds);
    const asked = Array.from({ length: requests }, (_, index) => kinds[index % kinds.length]);
    const times = await timesOf(client, last, asked);
    const of = (kind?: Kind) => times.filter((_, index) => kind === undefined || asked[index] === kind);
    const row = (name: string, start: number, all: number[]) => [name, start.toFixed(0), ...[0.5, 0.95, 1].map((share) => (share === 0.5 ? median(all) : quantile(all, share)).toFixed(1))]; // prettier-ignore
    const rows = kinds.flatMap((kind, index) => (of(kind).length > 0 ? [row(kind, first[index], of(kind))] : []));
    return [
      ["request", "first", "median", "95 %", "slowest"],
      ...rows,
      row(`all ${requests}`, Math.max(...first), times),
    ];
  } finally {
    await client.end();
  }
}

interface EditedCell {
  notebook: string;
  cell: number;
}

/** The time from each edit to the answer. */
async function timesOf(client: LanguageClient, { notebook, cell }: EditedCell, kinds: Kind[]): Promise<number[]> {
  const times: number[] = [];
  for (const [index, kind] of kinds.entries()) {
    const { type, behind } = KINDS[kind];
    const text = `// ${kind} ${index}\n${TENSORFLOW}`;
    const before = text.slice(0, text.indexOf(behind) + behind.length).split("\n");
    const position = { line: before.length - 1, character: before[before.length - 1].length };
    const start = performance.now();
    await client.change(notebook, cell, text);
    const answer = await client.connection.sendRequest(type.method, { textDocument: { uri: cellUri(notebook, cell) }, position, context: { includeDeclaration: true } }); // prettier-ignore
    times.push(performance.now() - start);
    if (answer === null) throw new Error(`the server has no answer to a ${kind} behind ${behind}`);
  }
  return times;
}
