/** A request of the demo's page, as it goes to the worker that answers it. */
export interface DemoCall {
  /** With its query, such as "/api/users". */
  path: string;
  method: string;
  headers: [string, string][];
  body: ArrayBuffer;
}

/** The answer, on its way back. */
export interface DemoAnswer {
  status: number;
  headers: [string, string][];
  body: ArrayBuffer;
}
