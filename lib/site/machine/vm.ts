import { runInThisContext, Script } from "./runScript";

/** Node's `vm`, in the one context that a worker has. */
export = { runInThisContext, Script };
