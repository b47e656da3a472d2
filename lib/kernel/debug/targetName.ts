/** Where the debugger finds its target: the key of a symbol that the global object has. */
export const TARGET = "atelier.kernel.debugTarget";
