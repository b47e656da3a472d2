import { describe } from "../components/describe";
import type { Endpoint, NamedInput } from "../gradio/endpoint";
import { labelOf } from "../components/component";

/** What describes an API. */
export interface OpenAPIOptions {
  title: string;
  root: string;
  /** Paths beside those of the endpoints, default none. */
  paths?: Record<string, object>;
}

/** The description of all that a server answers in JSON (OpenAPI 3.1). */
export function toOpenAPI(endpoints: Endpoint[], { title, root, paths = {} }: OpenAPIOptions) {
  const called = endpoints.map((endpoint) => [`/gradio_api/call/v2/${endpoint.name}`, { post: toOperation(endpoint) }]);
  return {
    openapi: "3.1.0",
    info: { title, version: "1" },
    servers: [{ url: root }],
    paths: {
      ...paths,
      ...Object.fromEntries(called),
      "/gradio_api/call/v2/{name}/{event_id}": { get: READ },
      "/gradio_api/upload": { post: UPLOAD },
    },
    components: { schemas: { Refusal: REFUSAL } },
  };
}

/** A JSON answer of some schema. */
export function answers(description: string, schema: object = {}) {
  return { description, content: { "application/json": { schema } } };
}

/** What is answered when a request is refused. */
export const REFUSED = answers("A refusal, in words", { $ref: "#/components/schemas/Refusal" });

const REFUSAL = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: { code: { type: "string" }, message: { type: "string" } },
      required: ["code", "message"],
    },
  },
  required: ["error"],
};

const EVENT = { type: "object", properties: { event_id: { type: "string" } }, required: ["event_id"] };

function toOperation({ name, description, inputs }: Endpoint) {
  const properties = Object.fromEntries(inputs.map((input) => [input.name, toProperty(input)]));
  return {
    operationId: name,
    summary: description,
    tags: ["Gradio's protocol"],
    requestBody: { required: true, content: { "application/json": { schema: { type: "object", properties } } } },
    responses: { 200: answers("The call's id, by which its events are read", EVENT), default: REFUSED_GRADIO },
  };
}

function toProperty(input: NamedInput) {
  const { schema } = describe(input);
  const { type, ...rest } = schema as { type?: unknown };
  return { ...rest, ...(typeof type === "string" && { type }), title: labelOf(input) };
}

const REFUSED_GRADIO = answers("A refusal, in words", { type: "object", properties: { detail: { type: "string" } } });

const text = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });

const READ = {
  operationId: "read_events",
  summary: "The events of a call: generating, complete or error, each with its data.",
  tags: ["Gradio's protocol"],
  parameters: [text("name"), text("event_id")],
  responses: {
    200: { description: "Events as they come", content: { "text/event-stream": { schema: { type: "string" } } } },
  },
};

const FILES = { type: "object", properties: { files: { type: "array", items: { type: "string", format: "binary" } } } };

const UPLOAD = {
  operationId: "upload",
  summary: "Keeps files for a while; their paths stand for them in calls.",
  tags: ["Gradio's protocol"],
  requestBody: { required: true, content: { "multipart/form-data": { schema: FILES } } },
  responses: { 200: answers("Their paths", { type: "array", items: { type: "string" } }), default: REFUSED_GRADIO },
};
