import type { Breakpoint, Breakpoints } from "./breakpoints";
import { type DebugScript, type DebugScripts, textOf } from "./debugScripts";
import type { Place } from "../compiler/placeFinder";
import type { InspectorLink, RemoteValue } from "./inspectorLink";
import { THREAD, type TellEvent } from "./protocol";

/** A call of the user's code, where the program stands. */
export interface Frame {
  id: number;
  name: string;
  script: DebugScript;
  place: Place;
  /** What the inspector knows of it; undefined where the call itself is over and its function awaits. */
  call?: CallFrame;
}

/** A call as the inspector tells of it. */
export interface CallFrame {
  callFrameId: string;
  functionName: string;
  location: { scriptId: string; lineNumber: number; columnNumber: number };
  scopeChain: { type: string; name?: string; object: RemoteValue }[];
  this: RemoteValue;
}

/** Where and why the program stands. */
export interface Pause {
  frames: Frame[];
  /** How many calls are open, those of other code among them. */
  depth: number;
  /** What was thrown. */
  thrown?: RemoteValue;
}

/** How the program goes on for one step. */
export type Step = "stepOver" | "stepInto" | "stepOut";

/** Lets the program stand and go on, where a client wants it. */
export interface Pauses {
  /** Where the program stands. */
  current(): Pause | undefined;
  goOn(step?: Step): Promise<void>;
  /** Lets the program go on without a call of anything in it, as it is about to be broken off. */
  release(): void;
  /** The program shall stand as soon as code of the user runs. */
  request(): Promise<void>;
  stopAtExceptions(which: "none" | "uncaught" | "all"): Promise<void>;
}

/** What pauses work with. */
export interface PausesParts {
  link: InspectorLink;
  scripts: DebugScripts;
  breakpoints: Breakpoints;
  tell: TellEvent;
  /** Whether a breakpoint that was reached is one to stop at. */
  isWanted(breakpoint: Breakpoint, pause: Pause): Promise<boolean>;
}

interface PausedEvent {
  callFrames: CallFrame[];
  reason: string;
  data?: RemoteValue;
  hitBreakpoints?: string[];
  asyncStackTrace?: AsyncTrace;
}

interface AsyncTrace {
  callFrames: { functionName: string; scriptId: string; lineNumber: number; columnNumber: number }[];
  parent?: AsyncTrace;
}

const THROWN = ["exception", "promiseRejection"];

/** Hears from the inspector of each stop, and decides whether it is one for people. */
export function newPauses({ link, scripts, breakpoints, tell, isWanted }: PausesParts): Pauses {
  let current: Pause | undefined;
  let step: { kind: Step; from: Frame; depth: number } | undefined;
  let exceptions: "none" | "uncaught" | "all" = "none";
  let isRequested = false;
  /** Set where the program is about to be broken off while it is decided whether it stands. */
  let isReleased = false;
  let lastFrame = 0;

  const placed = (at: { scriptId: string; lineNumber: number; columnNumber?: number }, name: string) => {
    const script = scripts.withId(at.scriptId);
    const place = script?.lines.written({ line: at.lineNumber + 1, column: (at.columnNumber ?? 0) + 1 });
    return script && place && { id: ++lastFrame, name: name || script.name, script, place };
  };

  const framesOf = ({ callFrames, asyncStackTrace }: PausedEvent): Frame[] => {
    const running = callFrames.map((call) => {
      const frame = placed(call.location, call.functionName);
      return frame && { ...frame, call };
    });
    const awaiting: (Frame | undefined)[] = [];
    for (let trace = asyncStackTrace; trace; trace = trace.parent)
      awaiting.push(...trace.callFrames.map((call) => placed(call, call.functionName)));
    return [...running, ...awaiting].filter((frame) => frame !== undefined);
  };

  const isUsers = ({ location }: CallFrame) => scripts.withId(location.scriptId) !== undefined;

  const onPaused = async (event: PausedEvent) => {
    const { callFrames, reason, hitBreakpoints = [] } = event;
    isReleased = false;
    const pause: Pause = {
      frames: framesOf(event),
      depth: callFrames.length,
      thrown: THROWN.includes(reason) ? event.data : undefined,
    };
    if (!callFrames.some(isUsers)) return isRequested ? waitForUsers() : resume();
    const hit = await wantedOf(hitBreakpoints, pause);
    if (hit.length > 0) return stop(pause, { reason: "breakpoint", hitBreakpointIds: hit.map(({ id }) => id) });
    if (pause.thrown) return (await isExpected(pause)) ? goOnStepping(event) : stop(pause, thrownBody(pause.thrown));
    if (isRequested) return stop(pause, { reason: "pause" });
    if (step) return isStepDone(event, pause) ? stop(pause, { reason: "step" }) : goOnStepping(event);
    if (hitBreakpoints.length > 0) return resume();
    return stop(pause, { reason: "breakpoint", description: "Paused at a debugger statement" });
  };

  const wantedOf = async (ids: string[], pause: Pause) => {
    const wanted: Breakpoint[] = [];
    for (const one of new Set(ids.flatMap(breakpoints.withId))) if (await isWanted(one, pause)) wanted.push(one);
    return wanted;
  };

  /** Whether the user's own code catches what was thrown, which then is no reason to stop. */
  const isExpected = async ({ frames }: Pause): Promise<boolean> => {
    if (exceptions === "all") return false;
    return link.call(
      "isCaught",
      frames.map(({ script, place }) => ({ ...place, source: textOf(script) })),
    );
  };

  const isStepDone = ({ callFrames }: PausedEvent, { frames: [top] }: Pause): boolean => {
    if (!isUsers(callFrames[0]) || top?.call !== callFrames[0] || !step) return false;
    const { from, depth } = step;
    const isSameLine = top.script === from.script && top.place.line === from.place.line;
    return !isSameLine || (callFrames.length !== depth && !isResumed(callFrames, from));
  };

  /** Whether the function where the step began goes on after an await, called by nobody. */
  const isResumed = ([call, ...callers]: CallFrame[], from: Frame): boolean =>
    callers.length === 0 && call.functionName === from.call?.functionName;

  /** The rest of a step that a person takes for one: to another line, through code that is not theirs. */
  const goOnStepping = ({ callFrames }: PausedEvent) =>
    step ? link.post(`Debugger.${isUsers(callFrames[0]) ? step.kind : "stepOut"}`) : resume();

  const stop = (pause: Pause, body: { reason: string; description?: string; hitBreakpointIds?: number[] }) => {
    if (isReleased) return void goOnAnyway();
    [current, step, isRequested] = [pause, undefined, false];
    tell("stopped", { ...body, threadId: THREAD, allThreadsStopped: true });
  };

  const resume = async () => {
    [step, isRequested] = [undefined, false];
    await link.post("Debugger.resume");
  };

  /** Nothing keeps a program standing for which nobody could decide; it goes on by itself where the debugger has left. */
  const goOnAnyway = () => resume().catch(() => {});

  /** Other code ran first, as where a cell awaits: the pause is still wanted. */
  const waitForUsers = () => link.post("Debugger.stepOut");

  link.on<PausedEvent>("Debugger.paused", (event) => void onPaused(event).catch(goOnAnyway));

  return {
    current: () => current,
    goOn: async (kind) => {
      if (!current) throw new Error("The program does not stand; it can go on only from a breakpoint or a pause");
      const {
        frames: [from],
        depth,
      } = current;
      current = undefined;
      await link.call("forget");
      step = kind && from.call ? { kind, from, depth } : undefined;
      await link.post(step ? `Debugger.${step.kind}` : "Debugger.resume");
      tell("continued", { threadId: THREAD, allThreadsContinued: true });
    },
    release: () => {
      isReleased = true;
      if (!current) return;
      current = undefined;
      void goOnAnyway();
      tell("continued", { threadId: THREAD, allThreadsContinued: true });
    },
    request: async () => {
      isRequested = true;
      await link.post("Debugger.pause");
    },
    stopAtExceptions: async (which) => {
      exceptions = which;
      await link.post("Debugger.setPauseOnExceptions", { state: which === "none" ? "none" : "all" });
    },
  };
}

function thrownBody({ description = "", value }: RemoteValue) {
  const text = description.split("\n")[0] || String(value);
  return { reason: "exception", description: text, text };
}
