import { defaultOf, labelOf, type Output } from "../components/component";
import { describe } from "../components/describe";
import type { Endpoint, NamedInput } from "./endpoint";

/** What `/info` answers: how each endpoint is called. */
export function toInfo(endpoints: Endpoint[]) {
  const named = endpoints.map(({ name, description, inputs, outputs }) => [
    `/${name}`,
    { parameters: inputs.map(toParameter), returns: outputs.map(toReturn), api_visibility: "public", description },
  ]);
  return { named_endpoints: Object.fromEntries(named), unnamed_endpoints: {} };
}

function toParameter(input: NamedInput) {
  const value = defaultOf(input);
  return {
    ...toReturn(input),
    ...{ parameter_name: input.name, parameter_has_default: value !== null, parameter_default: value },
    example_input: describe(input).example,
  };
}

function toReturn(component: NamedInput | Output) {
  const { component: name, schema, pythonType } = describe(component);
  return {
    label: labelOf(component),
    type: schema,
    python_type: { type: pythonType, description: "" },
    component: name,
  };
}
