import type { MimeBundle } from "../displayBundle";
import type { ListedVariable } from "./listedVariables";
import { type Evaluated, type InspectorLink, type RemoteValue, thrownText } from "./inspectorLink";
import type { Frame } from "./pauses";
import { SCOPE_NAMES } from "./scopeNames";

/**
 * Evaluates what clients ask, statements or an expression in TypeScript, where the program stands or for the notebook as a whole.
 * Throws an Error with the message of what they throw. Keeps no hold of their value.
 */
export interface Evaluator {
  describe(code: string, frame?: Frame): Promise<ListedVariable>;
  /** `mayWait`: the program runs, so that a promise can settle. */
  bundle(code: string, frame: Frame | undefined, mayWait: boolean): Promise<MimeBundle>;
  /** Gives the value to a variable of the notebook. */
  copy(code: string, frame: Frame | undefined, name: string): Promise<void>;
}

const LOOK = 5; // ms until a compiler that was at work is asked again
const LONGEST = 5000; // ms; no interrupt reaches what is evaluated

/** An evaluator over this link. */
export function newEvaluator(link: InspectorLink): Evaluator {
  const evaluate = async (code: string, frame: Frame | undefined): Promise<RemoteValue> => {
    const callFrameId = frame?.call?.callFrameId;
    if (frame && callFrameId === undefined)
      throw new Error(`${frame.name} awaits, so nothing can be evaluated in it; choose a frame above`);
    const scopes = (frame?.call?.scopeChain ?? []).filter(({ type }) => type in SCOPE_NAMES);
    const plain = () => link.call("plain", code, ...scopes.map(({ object }) => ({ remote: object })));
    let expression = await plain();
    for (; expression === undefined; expression = await plain()) await new Promise((done) => setTimeout(done, LOOK));
    const method = frame ? "Debugger.evaluateOnCallFrame" : "Runtime.evaluate";
    const parameters = { expression, callFrameId, silent: true, timeout: LONGEST };
    const evaluated = await link.post<Evaluated>(method, parameters).catch((error: Error) => {
      throw isTerminated(error) ? new Error(`${code} was broken off after ${LONGEST / 1000} s; run it in a cell`) : error; // prettier-ignore
    });
    if (evaluated.exceptionDetails) throw new Error(thrownText(evaluated));
    return evaluated.result;
  };

  /** Evaluates code and hands its value to `use`, after which the inspector keeps it alive no longer. */
  const using = async <Used>(code: string, frame: Frame | undefined, use: (remote: RemoteValue) => Promise<Used>) => {
    const remote = await evaluate(code, frame);
    try {
      return await use(remote);
    } finally {
      if (remote.objectId) await link.post("Runtime.releaseObject", { objectId: remote.objectId });
    }
  };

  return {
    describe: (code, frame) => using(code, frame, (remote) => link.call("describe", { remote })),
    bundle: (code, frame, mayWait) => using(code, frame, (remote) => link.call("bundle", { remote }, mayWait)),
    copy: (code, frame, name) => using(code, frame, (remote) => link.call("assign", name, { remote })),
  };
}

function isTerminated({ message }: Error): boolean {
  return message.includes("Execution was terminated");
}
