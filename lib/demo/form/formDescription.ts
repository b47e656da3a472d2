import type { NamedInput } from "../gradio/endpoint";
import type { Output } from "../components/component";

/** What the page of a function needs to know, as JSON from `/form`. */
export interface FormDescription {
  title: string;
  /** A sentence under the title, or none. */
  description: string;
  /** The function's name among the endpoints. */
  name: string;
  inputs: NamedInput[];
  outputs: Output[];
  /** Values to try, one for each input in each row; pictures as `data:` addresses. */
  examples: unknown[][];
}
