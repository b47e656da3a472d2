import { sep } from "path";
import type { ErrorOutput } from "./cellError";

/** The error a kernel reports by a message of its own. */
export function toReportedError({ ename, evalue, traceback }: Record<string, unknown>): ErrorOutput {
  const lines = Array.isArray(traceback) ? traceback.map(String) : [];
  return { output_type: "error", ename: String(ename), evalue: String(evalue), traceback: lines };
}

/** An error of ours as a cell shows it. */
export function toGivenError({ name, message }: Error): ErrorOutput {
  const traceback = message.split("\n");
  return { output_type: "error", ename: name, evalue: traceback[0], traceback };
}

/** An error whose stack tells nothing of where on this machine the project lies. */
export function withShortPaths(error: ErrorOutput, folder: string): ErrorOutput {
  const shorten = (line: string) =>
    line.replaceAll(folder + sep, `.${sep}`).replace(/(?:file:\/\/)?[^\s()]*[\\/](?=node_modules[\\/])/g, "");
  return { ...error, traceback: error.traceback.map(shorten) };
}
