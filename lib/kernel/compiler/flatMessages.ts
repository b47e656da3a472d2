import type * as TypeScript from "typescript";

type Compiler = typeof TypeScript;
type OfFiles = (program: TypeScript.Program, files: TypeScript.SourceFile[]) => TypeScript.Diagnostic[];

/** A compiler that gives each message as one text, where tslab would tell its parts as errors of their own. */
export function withFlatMessages(ts: Compiler): Compiler {
  const oneText = (diagnostics: readonly TypeScript.Diagnostic[]) =>
    diagnostics.map((diagnostic) => ({
      ...diagnostic,
      messageText: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
    }));
  const ofFiles = (ts as unknown as Record<string, OfFiles>).getPreEmitDiagnosticsOfFiles;
  const changes = {
    getPreEmitDiagnostics: (...all: Parameters<Compiler["getPreEmitDiagnostics"]>) =>
      oneText(ts.getPreEmitDiagnostics(...all)),
    getPreEmitDiagnosticsOfFiles: (...all: Parameters<OfFiles>) => oneText(ofFiles(...all)),
  };
  return Object.assign({ ...ts }, changes) as unknown as Compiler;
}
