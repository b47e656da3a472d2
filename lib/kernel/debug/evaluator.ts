import type { MimeBundle } from "../displayBundle";
import type { ListedVariable } from "./listedVariables";
import { type InspectorLink, type RemoteValue, thrownText } from "./inspectorLink";
import type { Frame } from "./pauses";
import { SCOPE_NAMES } from "./scopeNames";

/** Evaluates what clients ask, where the program stands or for the notebook as a whole. */
export interface Evaluator {
  /** Statements or an expression, in TypeScript. Throws an Error with the message of what they throw. */
  value(code: string, frame?: Frame): Promise<RemoteValue>;
  describe(code: string, frame?: Frame): Promise<ListedVariable>;
  /** `mayWait`: the program runs, so that a promise can settle. */
  bundle(code: string, frame: Frame | undefined, mayWait: boolean): Promise<MimeBundle>;
}

interface Evaluated {
  result: RemoteValue;
  exceptionDetails?: { text: string; exception?: RemoteValue };
}

/** An evaluator over this link. */
export function newEvaluator(link: InspectorLink): Evaluator {
  const value: Evaluator["value"] = async (code, frame) => {
    const callFrameId = frame?.call?.callFrameId;
    if (frame && callFrameId === undefined)
      throw new Error(`${frame.name} awaits, so nothing can be evaluated in it; choose a frame above`);
    const scopes = (frame?.call?.scopeChain ?? []).filter(({ type }) => type in SCOPE_NAMES);
    const expression = await link.call("plain", code, ...scopes.map(({ object }) => ({ remote: object })));
    const method = frame ? "Debugger.evaluateOnCallFrame" : "Runtime.evaluate";
    const evaluated = await link.post<Evaluated>(method, { expression, callFrameId, silent: true });
    if (evaluated.exceptionDetails) throw new Error(thrownText(evaluated));
    return evaluated.result;
  };
  return {
    value,
    describe: async (code, frame) => link.call("describe", { remote: await value(code, frame) }),
    bundle: async (code, frame, mayWait) => link.call("bundle", { remote: await value(code, frame) }, mayWait),
  };
}
