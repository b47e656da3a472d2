import { isMainThread } from "node:worker_threads";
import { newScriptReport } from "./newScriptReport";
import { takeTopLevelAwait } from "./takeTopLevelAwait";

// Node loads this file before the script of a row. Nothing is left for the processes and threads that the script starts.

const { ATELIER_REPORT: report, ATELIER_RECORDS: records } = process.env;
delete process.env.ATELIER_REPORT;

if (isMainThread && report && records) {
  const end = newScriptReport({ file: process.argv[1], report, records });
  let isInterrupted = false;
  let thrown: unknown;
  process.on("uncaughtExceptionMonitor", (error) => (thrown ??= error));
  process.on("exit", (code) => end({ code, isInterrupted, thrown }));
  process.on("SIGINT", () => {
    if (isInterrupted || process.listenerCount("SIGINT") === 1) process.exit(130); // nobody else minds it
    isInterrupted = true;
  });
  takeTopLevelAwait(process.argv[1]);
}
