import { createRequire } from "module";

/** A part of Node that is not for everyone; the kernel's command line opens it. Undefined where it did not. */
export function innerNode<Part>(name: string): Part | undefined {
  const { emitWarning } = process;
  process.emitWarning = () => {}; // that inner parts are not for everyone
  try {
    return createRequire(__filename)("internal/test/binding").internalBinding(name);
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
