import { describe } from "../components/describe";
import { defaultOf } from "../components/component";
import type { Endpoint, NamedInput } from "../gradio/endpoint";

/** How an endpoint is called from a program. */
export interface Snippet {
  language: "JavaScript" | "Python" | "curl";
  code: string;
}

/** Calls of an endpoint with values that it takes, by Gradio's clients and by curl, ready to be copied. */
export function snippets(endpoint: Endpoint, root: string): Snippet[] {
  return [
    { language: "JavaScript", code: javascript(endpoint, root) },
    { language: "Python", code: python(endpoint, root) },
    { language: "curl", code: curl(endpoint, root) },
  ];
}

function javascript({ name, inputs }: Endpoint, root: string): string {
  const picture = inputs.some(isPicture) ? ", handle_file" : "";
  const values = inputs.map(
    (input) => `  ${input.name}: ${isPicture(input) ? 'handle_file("photo.jpg")' : valueOf(input)},`,
  );
  return [
    `import { Client${picture} } from "@gradio/client";`,
    `const client = await Client.connect("${root}");`,
    `const { data } = await client.predict("/${name}", {`,
    ...values,
    `});`,
  ].join("\n");
}

function python({ name, inputs }: Endpoint, root: string): string {
  const picture = inputs.some(isPicture) ? ", handle_file" : "";
  const values = inputs.map(
    (input) => `    ${input.name}=${isPicture(input) ? 'handle_file("photo.jpg")' : toPython(exampleOf(input))},`,
  );
  return [
    `from gradio_client import Client${picture}`,
    `client = Client("${root}")`,
    `result = client.predict(`,
    ...values,
    `    api_name="/${name}",`,
    `)`,
  ].join("\n");
}

/** A call by curl: the picture is uploaded first, the call's id read from the answer, then its events are read. */
function curl({ name, inputs }: Endpoint, root: string): string {
  const values = inputs.map((input) =>
    isPicture(input) ? `{"path": '$FILE'}` : valueOf(input).replace(/'/g, `'\\''`),
  );
  const pictures = inputs.some(isPicture);
  const quoted = `'{"data": [${values.join(", ")}]}'`;
  return [
    ...(pictures ? [`FILE=$(curl -s -F files=@photo.jpg ${root}/gradio_api/upload | tr -d '[]')`] : []),
    `ID=$(curl -s ${root}/gradio_api/call/${name} -d ${quoted} | cut -d'"' -f4)`,
    `curl -sN ${root}/gradio_api/call/${name}/$ID`,
  ].join("\n");
}

function isPicture({ type }: NamedInput): boolean {
  return type === "image";
}

function valueOf(input: NamedInput): string {
  return JSON.stringify(exampleOf(input));
}

function exampleOf(input: NamedInput): unknown {
  return defaultOf(input) ?? describe(input).example;
}

function toPython(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null || typeof value !== "object") return value === null ? "None" : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(toPython).join(", ")}]`;
  const entries = Object.entries(value).map(([key, of]) => `${JSON.stringify(key)}: ${toPython(of)}`);
  return `{${entries.join(", ")}}`;
}
