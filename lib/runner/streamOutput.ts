import type { Output } from "./notebook";
import { newStreamText, type StreamText } from "./streamText";

/** nbformat's output for printed text. */
export type StreamOutput = Extract<Output, { output_type: "stream" }>;

/** A stream whose text is put together when it is read, out of what is appended to its entry in `texts`. */
export function newStreamOutput(texts: Map<Output, StreamText>, name: string): StreamOutput {
  let printed = newStreamText();
  const stream: StreamOutput = {
    output_type: "stream",
    name,
    get text() {
      return printed.text();
    },
    set text(text) {
      printed = newStreamText(text);
      texts.set(stream, printed);
    },
  };
  texts.set(stream, printed);
  return stream;
}

/** The stream of this name at the end of the outputs, with nothing but other streams after it. */
export function openStream(outputs: Output[], name: string): StreamOutput | undefined {
  for (let index = outputs.length - 1; index >= 0; index--) {
    const output = outputs[index];
    if (output.output_type !== "stream") return undefined;
    if (output.name === name) return output;
  }
  return undefined;
}
