import { PLACE, type ToMain } from "../io/link";
import { type DebugSession, newDebugSession } from "./debugSession";
import type { ScriptInfo } from "./debugTarget";
import type { DebugRequest, DebugResponse, TellEvent } from "./protocol";

/** A debugger of the cells and of the files that they import, for clients of the Debug Adapter Protocol. */
export interface Debugger {
  answer(request: DebugRequest): Promise<DebugResponse>;
  /** Code that is about to run: its breakpoints are set when the computing thread hears so. */
  announce(id: number, scripts: ScriptInfo[]): Promise<void>;
  /** Lets a program that stands go on, so that it can be broken off. */
  release(): void;
  /** Lets go of the computing thread. */
  close(): void;
}

/** What a debugger works with. */
export interface DebuggerParts {
  send(message: ToMain): void;
  state: Int32Array;
  /** Publishes a message of the protocol. */
  publish(content: object): void;
}

const CAPABILITIES = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsModulesRequest: true,
  supportsExceptionInfoRequest: true,
  supportsTerminateRequest: true,
  supportsLoadedSourcesRequest: true,
  exceptionBreakpointFilters: [
    { filter: "all", label: "Thrown Exceptions", default: false },
    { filter: "uncaught", label: "Exceptions That Your Code Does Not Catch", default: false },
  ],
};

/** A debugger that nobody has started. */
export function newDebugger({ send, state, publish }: DebuggerParts): Debugger {
  let open: DebugSession | undefined;
  let isStarted = false;
  let lastSeq = 0;
  const tell: TellEvent = (event, body) => publish({ type: "event", seq: ++lastSeq, event, body });

  const session = (): DebugSession => (open ??= newDebugSession(tell, () => isStarted));

  const start = async (clientID: unknown) => {
    Atomics.store(state, PLACE.debugging, 1); // from now on, code is announced before it runs
    if (!isStarted) await session().start({ showsTypeAlone: clientID === "jupyterlab" });
    isStarted = true;
    setImmediate(() => tell("initialized"));
    return CAPABILITIES;
  };

  const close = () => {
    Atomics.store(state, PLACE.debugging, 0);
    isStarted = false;
    open?.close();
    open = undefined;
  };

  const end = () => {
    close();
    setImmediate(() => tell("terminated"));
    return {};
  };

  const bodyOf = async (command: string, given: Record<string, unknown>): Promise<object> => {
    if (command === "initialize") return start(given.clientID);
    if (command === "disconnect" || command === "terminate") return end();
    const { always, started } = session();
    const handle = always[command] ?? started[command];
    if (!handle) throw new Error(`The debugger knows no command ${command}`);
    if (!isStarted && !always[command])
      throw new Error(`${command} needs a debugger that was started; send initialize and attach first`);
    return (await handle(given)) ?? {};
  };

  return {
    answer: async ({ seq = 0, command = "", arguments: given = {} }) => {
      const response = { type: "response", seq: ++lastSeq, request_seq: seq, command } as const;
      try {
        return { ...response, success: true, body: await bodyOf(command, given) };
      } catch (error) {
        return { ...response, success: false, message: (error as Error).message, body: {} };
      }
    },
    announce: async (id, scripts) => {
      await open?.announce(scripts).catch(() => {}); // a breakpoint that cannot be set keeps no cell from running
      send({ kind: "scriptsKnown", id });
    },
    release: () => void open?.release(),
    close,
  };
}
