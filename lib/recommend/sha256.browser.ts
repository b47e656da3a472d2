import { sha256 as hash } from "@noble/hashes/sha2.js";
import type * as node from "./sha256";

// The browser's side of `sha256.ts`: its own digest gives a promise, and a model becomes bytes at once.

export const sha256: typeof node.sha256 = hash;
