// The package's entry: what a program needs to run notebooks. Notebooks import "./lib/…", the files of this package.

export { installKernel, installKernelForUser } from "../../lab/installKernel";
export { kernelSpec, type KernelSpec } from "../../kernel/kernelSpec";
export { formatDiagnostic } from "../../runner/formatDiagnostic";
export type { Notebook } from "../../runner/notebook";
export { loadNotebook } from "../../runner/parseNotebook";
export { runNotebook, type RunOptions, type RunResult } from "../../runner/runNotebook";
export { startKernel, type Kernel, type StartOptions } from "../../runner/startKernel";
export { typecheckCells, type CellDiagnostic } from "../../runner/typecheckCells";
