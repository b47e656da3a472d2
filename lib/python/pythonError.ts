/** Python, or a package for it, cannot be had here: the message is one line that says what is missing and the cure. */
export class PythonError extends Error {
  override name = "PythonError";
  readonly code = "ERR_PYTHON";
}
