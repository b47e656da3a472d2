import type { Input, Output } from "../components/component";
import { describe, propsOf } from "../components/describe";
import type { Endpoint } from "./endpoint";

/** What the config tells of the app. */
export interface ConfigOptions {
  title: string;
  /** Another one means that another program answers now. */
  appId: string;
  /** Where the app answers, without a slash at the end. */
  root: string;
  /** The largest upload in bytes. */
  largest: number;
}

/** The version of Gradio whose protocol is spoken: clients choose their ways by it. */
export const GRADIO_VERSION = "6.25.0";

/** What comes before all of the protocol's addresses but that of the config. */
export const PREFIX = "/gradio_api";

/** What `/config` answers: the endpoints, and a component for each value that goes in or out. */
export function toConfig(endpoints: Endpoint[], { title, appId, root, largest }: ConfigOptions) {
  const components: object[] = [];
  const add = (component: Input | Output) => {
    const { component: name, schema } = describe(component);
    const id = components.length + 1;
    components.push({ id, type: name.toLowerCase(), props: propsOf(component), api_info: schema, skip_api: false });
    return id;
  };
  const dependencies = endpoints.map(({ name, inputs, outputs }, id) => ({
    ...{ id, targets: [], inputs: inputs.map(add), outputs: outputs.map(add), api_name: name },
    ...{ api_visibility: "public", show_api: true, backend_fn: true, queue: true, batch: false, cancels: [] },
    ...{ types: { generator: false, cancel: false }, connection: "sse", trigger: "click", js: null },
  }));
  const ids = (count: number, from: number) => Array.from({ length: count }, (_, i) => i + from);
  const layout = { id: 0, children: [] };
  return {
    ...{ version: GRADIO_VERSION, api_prefix: PREFIX, app_id: appId, title, root, mode: "blocks", protocol: "sse_v3" },
    ...{ enable_queue: true, show_error: true, connect_heartbeat: false, is_space: false, space_id: null },
    ...{ username: null, run_history: false, analytics_enabled: false, max_file_size: largest },
    ...{ components, dependencies, layout },
    page: { "": { components: ids(components.length, 1), dependencies: ids(endpoints.length, 0), layout } },
  };
}
