import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  type CodeAction,
  CodeActionRequest,
  CompletionItemKind,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  DefinitionRequest,
  DidOpenTextDocumentNotification,
  type Hover,
  HoverRequest,
  type Location,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SignatureHelpRequest,
} from "vscode-languageserver-protocol/node";
import { cellUri, type LanguageClient, startLanguageClient } from "./languageClient";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier-server-")));
const notebook = pathToFileURL(join(folder, "my notebook.ipynb")).href;
const uri = (cell: number) => cellUri(notebook, cell);
const at = (cell: number, character: number, line = 0) => ({
  textDocument: { uri: uri(cell) },
  position: { line, character },
});

const CELLS = [
  "/** What it costs. */\nfunction price(count: number) { return 3 * count }",
  "const total: string = price(2);",
  "console.log(price(3))",
];

let client: LanguageClient;
before(async () => {
  client = await startLanguageClient();
  await client.open(notebook, CELLS);
});
after(async () => {
  const code = await client.end();
  rmSync(folder, { recursive: true });
  assert.equal(code, 0);
});

test("the server says what it can do", () => {
  const { capabilities } = client.initialized;
  assert.deepEqual(capabilities.renameProvider, { prepareProvider: true });
  for (const name of ["hoverProvider", "definitionProvider", "referencesProvider", "notebookDocumentSync"] as const)
    assert.ok(capabilities[name], name);
});

test("type errors are told for each cell as it is written", async () => {
  const [found] = await client.told(uri(1), ({ length }) => length > 0);
  assert.equal(found.message, "Type 'number' is not assignable to type 'string'.");
  assert.deepEqual([found.range.start, found.severity, found.code], [{ line: 0, character: 6 }, 1, 2322]);
  await client.change(notebook, 1, "const total: number = price(2);");
  assert.deepEqual(await client.told(uri(1), ({ length }) => length === 0), []);
  await client.change(notebook, 0, CELLS[0].replace("number", "string").replace("3 * count", "count"));
  await client.told(uri(1), ({ length }) => length === 2);
  await client.change(notebook, 0, CELLS[0]);
  await client.told(uri(1), ({ length }) => length === 0);
});

test("hover, signature, definition, references and rename reach over cells", async () => {
  const { connection } = client;
  const hover = (await connection.sendRequest(HoverRequest.type, at(2, 13))) as Hover;
  assert.match((hover.contents as { value: string }).value, /function price\(count: number\): number[^]*What it costs\./); // prettier-ignore
  const help = await connection.sendRequest(SignatureHelpRequest.type, at(2, 18));
  assert.equal(help!.signatures[0].label, "price(count: number): number");
  const definition = (await connection.sendRequest(DefinitionRequest.type, at(2, 13))) as Location[];
  assert.deepEqual(definition, [{ uri: uri(0), range: { start: { line: 1, character: 9 }, end: { line: 1, character: 14 } } }]); // prettier-ignore
  const references = await connection.sendRequest(ReferencesRequest.type, { ...at(2, 13), context: { includeDeclaration: true } }); // prettier-ignore
  assert.deepEqual(references!.map((one) => one.uri), [uri(0), uri(1), uri(2)]); // prettier-ignore
  const prepared = await connection.sendRequest(PrepareRenameRequest.type, at(2, 13));
  assert.equal((prepared as { placeholder: string }).placeholder, "price");
  const edit = await connection.sendRequest(RenameRequest.type, { ...at(2, 13), newName: "cost" });
  assert.deepEqual(Object.entries(edit!.changes!).map(([name, edits]) => [name, edits.map(({ newText }) => newText)]), [
    [uri(0), ["cost"]],
    [uri(1), ["cost"]],
    [uri(2), ["cost"]],
  ]); // prettier-ignore
  const refused = connection.sendRequest(RenameRequest.type, { ...at(2, 13), newName: "total" });
  await assert.rejects(refused, /price cannot be named total: cell 2 has that name already/);
});

test("completion offers names, paths and imports, with the text that they need", async () => {
  const { connection } = client;
  await client.change(notebook, 2, 'import { } from "./lib/vision/";\nexistsSyn; pri');
  const paths = (await connection.sendRequest(CompletionRequest.type, at(2, 30))) as CompletionList;
  assert.ok(paths.items.some(({ label }) => label === "cnn"));
  const names = (await connection.sendRequest(CompletionRequest.type, at(2, 14, 1))) as CompletionList;
  assert.deepEqual([names.items[0].label, names.items[0].kind], ["price", CompletionItemKind.Function]);
  const imports = (await connection.sendRequest(CompletionRequest.type, at(2, 9, 1))) as CompletionList;
  const item = imports.items.find(({ labelDetails }) => labelDetails?.description === "node:fs")!;
  const { additionalTextEdits } = await connection.sendRequest(CompletionResolveRequest.type, item);
  assert.deepEqual(additionalTextEdits!.map(({ newText }) => newText), ['\nimport { existsSync } from "node:fs";']); // prettier-ignore
});

test("a code action imports what is missing", async () => {
  await client.change(notebook, 2, "existsSync('a')");
  const range = { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } };
  const asked = { textDocument: { uri: uri(2) }, range, context: { diagnostics: [] } };
  const actions = (await client.connection.sendRequest(CodeActionRequest.type, asked)) as CodeAction[];
  const action = actions.find(({ title }) => title === 'Import existsSync from "node:fs"')!;
  assert.equal(action.edit!.changes![uri(2)][0].newText, 'import { existsSync } from "node:fs";\n');
});

test("a document of its own is one cell: clients that join the cells themselves, and files", async () => {
  const document = pathToFileURL(join(folder, "joined.ts")).href;
  const text = "const a = await Promise.resolve(1);\nconst b: string = a;";
  await client.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri: document, languageId: "typescript", version: 1, text } }); // prettier-ignore
  const found = await client.told(document, ({ length }) => length > 0);
  assert.deepEqual(found.map(({ range, message }) => [range.start.line, message]), [[1, "Type 'number' is not assignable to type 'string'."]]); // prettier-ignore
  const nowhere = { textDocument: { uri: "file:///none.ts" }, position: { line: 0, character: 0 } };
  assert.equal(await client.connection.sendRequest(HoverRequest.type, nowhere), null);
});

test("a wrong argument is refused in a line", async () => {
  const refused = spawn(process.execPath, [join(__dirname, "../../setup.js"), "language-server", "--port", "1"]);
  let said = "";
  refused.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  assert.deepEqual(await once(refused, "close"), [2, null]);
  assert.match(said, /^Unknown option '--port'.*\n$/);
});
