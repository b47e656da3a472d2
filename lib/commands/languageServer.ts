import { createConnection } from "vscode-languageserver/node";
import { startLanguageServer } from "../languageServer/languageServer";
import { readArguments } from "./usage";

/** What is printed for `--help`. */
export const LANGUAGE_SERVER_HELP = `Usage: node setup.js language-server [--stdio]

A language server for notebooks and TypeScript files: it speaks the Language Server Protocol (3.17) over its standard input and
output, until the editor ends it.

  --stdio   what editors add; there is no other way`;

/** `language-server`: type errors, completion, signatures, definitions, references and renames for editors. */
export async function languageServer(args: string[], help = LANGUAGE_SERVER_HELP): Promise<number> {
  readArguments(args, { options: { stdio: { type: "boolean" } } }, help);
  startLanguageServer(createConnection(process.stdin, process.stdout));
  return new Promise(() => {}); // the protocol's `exit` ends the process, and so does the end of the input
}
