import { createRequire } from "module";

/**
 * One of Node's inner parts, which the kernel's command line opens.
 *
 * @throws Error where it does not, or this Node has no such part
 */
export function nodeInternals<Binding>(name: string): Binding {
  const { emitWarning } = process;
  process.emitWarning = () => {}; // that inner parts are not for everyone
  try {
    const { internalBinding } = createRequire(__filename)("internal/test/binding");
    return internalBinding(name);
  } finally {
    process.emitWarning = emitWarning;
  }
}
