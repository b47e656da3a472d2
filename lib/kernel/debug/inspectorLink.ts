import { Session } from "inspector";
import type { MimeBundle } from "../displayBundle";
import type { DebugTarget } from "./debugTarget";
import { TARGET } from "./targetName";

/** A value in the thread that computes, as the inspector names it. */
export interface RemoteValue {
  type: string;
  value?: unknown;
  unserializableValue?: string;
  objectId?: string;
  description?: string;
}

/** Node's inspector of the thread that computes, seen from another thread. It answers also while that thread is busy or paused. */
export interface InspectorLink {
  post<Result = unknown>(method: string, parameters?: object): Promise<Result>;
  on<Parameters>(event: string, listen: (parameters: Parameters) => void): void;
  /** Calls a function of the debugger's target. Values of that thread are handed over as they are. */
  call<Name extends Called>(name: Name, ...values: Handed<Parameters<DebugTarget[Name]>>): Promise<Result<Name>>; // prettier-ignore
  /** Lets go of whatever stands, and of that thread. */
  close(): void;
}

type Called = Exclude<keyof DebugTarget, "holders">;
type Handed<All extends unknown[]> = { [At in keyof All]: All[At] | { remote: RemoteValue } };
type Result<Name extends Called> = Name extends "bundle" ? MimeBundle : ReturnType<DebugTarget[Name]>;

/** What came of an evaluation. */
export interface Evaluated {
  result: RemoteValue;
  exceptionDetails?: { text: string; exception?: RemoteValue };
}

/** Connects to the main thread. */
export function newInspectorLink(): InspectorLink {
  const session = new Session();
  session.connectToMainThread();
  let target: Promise<string> | undefined;

  const post = <Result>(method: string, parameters: object = {}) =>
    new Promise<Result>((resolve, reject) =>
      session.post(method, parameters, (error, result) =>
        error ? reject(new Error(`${method}: ${(error as Error).message}`)) : resolve(result as Result),
      ),
    );

  const targetId = async (): Promise<string> => {
    const expression = `globalThis[Symbol.for(${JSON.stringify(TARGET)})]`;
    const { result } = await post<Evaluated>("Runtime.evaluate", { expression });
    if (!result.objectId) throw new Error("the kernel has not come to its cells yet; try again in a moment");
    return result.objectId;
  };

  const call: InspectorLink["call"] = async (name, ...values) => {
    const objectId = await (target ??= targetId());
    const functionDeclaration = `function(...values) { return this.${name}(...values); }`;
    const parameters = { objectId, functionDeclaration, arguments: values.map(toArgument), returnByValue: true };
    const awaitPromise = name === "bundle" && values[1] === true;
    const { result, exceptionDetails } = await post<Evaluated>("Runtime.callFunctionOn", { ...parameters, awaitPromise }); // prettier-ignore
    if (exceptionDetails) throw new Error(thrownText({ result, exceptionDetails }));
    return result.value as never;
  };

  return {
    post,
    call,
    on: (event, listen) => void session.on(event, ({ params }) => listen(params)),
    close: () => session.disconnect(),
  };
}

/** The message of what an evaluation has thrown. */
export function thrownText({ exceptionDetails }: Evaluated): string {
  const { text = "", exception } = exceptionDetails ?? {};
  return exception?.description?.split("\n")[0] ?? (exception && "value" in exception ? String(exception.value) : text);
}

function toArgument(value: unknown): object {
  if (typeof value !== "object" || value === null || !("remote" in value)) return { value };
  const { objectId, unserializableValue, value: plain } = value.remote as RemoteValue;
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value: plain } : { unserializableValue };
}
