import { pathToFileURL } from "node:url";
import {
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Hover,
  type Location,
  type MarkupContent,
  MarkupKind,
  type Range,
  type SignatureHelp,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { CellMessage } from "../kernel/language/cellMessages";
import type { CellEdit, Place } from "../kernel/language/place";
import type { Signatures } from "../kernel/language/signatures";

const KINDS: Record<string, CompletionItemKind> = {
  alias: CompletionItemKind.Module,
  class: CompletionItemKind.Class,
  const: CompletionItemKind.Constant,
  constructor: CompletionItemKind.Constructor,
  directory: CompletionItemKind.Folder,
  enum: CompletionItemKind.Enum,
  "enum member": CompletionItemKind.EnumMember,
  "external module name": CompletionItemKind.Module,
  function: CompletionItemKind.Function,
  getter: CompletionItemKind.Property,
  interface: CompletionItemKind.Interface,
  keyword: CompletionItemKind.Keyword,
  "local class": CompletionItemKind.Class,
  "local function": CompletionItemKind.Function,
  method: CompletionItemKind.Method,
  module: CompletionItemKind.Module,
  namespace: CompletionItemKind.Module,
  "primitive type": CompletionItemKind.Keyword,
  property: CompletionItemKind.Property,
  script: CompletionItemKind.File,
  setter: CompletionItemKind.Property,
  string: CompletionItemKind.Constant,
  type: CompletionItemKind.Interface,
  "type parameter": CompletionItemKind.TypeParameter,
};

/** TypeScript's word for what a name is, as the protocol has it. */
export function toItemKind(kind: string): CompletionItemKind {
  return KINDS[kind] ?? CompletionItemKind.Variable;
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

/** A message about a cell. */
export function toDiagnostic({
  text,
  code,
  severity,
  isUnnecessary,
  isDeprecated,
  start,
  end,
}: CellMessage): Diagnostic {
  const tags = [isUnnecessary && DiagnosticTag.Unnecessary, isDeprecated && DiagnosticTag.Deprecated];
  return {
    range: { start, end },
    message: text,
    severity: SEVERITIES[severity],
    source: "atelier",
    ...(code !== undefined && { code }),
    tags: tags.filter((tag) => tag !== false && tag !== undefined),
  };
}

/** Text as Markdown. */
export function toMarkup(value: string): MarkupContent {
  return { kind: MarkupKind.Markdown, value };
}

/** What is shown of a name. */
export function toHover({ markdown, range }: { markdown: string; range: Range }): Hover {
  return { contents: toMarkup(markdown), range };
}

/** A place in a cell or a file. */
export function toLocation({ cell, file, range }: Place): Location {
  return { uri: cell ?? pathToFileURL(file!).href, range };
}

/** Changes of cells. */
export function toWorkspaceEdit(edits: CellEdit[]): WorkspaceEdit {
  const changes: NonNullable<WorkspaceEdit["changes"]> = {};
  for (const { cell, range, newText } of edits) (changes[cell] ??= []).push({ range, newText });
  return { changes };
}

/** The forms of a function. */
export function toSignatureHelp({ signatures, active, parameter }: Signatures): SignatureHelp {
  return {
    activeSignature: active,
    activeParameter: parameter,
    signatures: signatures.map(({ label, documentation, parameters }) => ({
      label,
      documentation: toMarkup(documentation),
      parameters: parameters.map((one) => ({ label: one.label, documentation: toMarkup(one.documentation) })),
    })),
  };
}
