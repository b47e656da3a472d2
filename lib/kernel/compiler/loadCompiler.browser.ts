import ts from "typescript";
import type * as node from "./loadCompiler";

// The browser's side of `loadCompiler.ts`: its bundle holds TypeScript.

export const loadCompiler: typeof node.loadCompiler = () => ts;
