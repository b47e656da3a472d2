/** TensorFlow's library cannot be had here: the message is one line that says what is missing and the cure. */
export class NativeError extends Error {
  override name = "NativeError";
  readonly code = "ERR_NATIVE";
}
