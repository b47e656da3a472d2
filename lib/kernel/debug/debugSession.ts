import { type Breakpoint, newBreakpoints } from "./breakpoints";
import { CELL_PATHS, cellPath, type DebugScript, newDebugScripts } from "./debugScripts";
import type { ScriptInfo } from "./debugTarget";
import { newEvaluator } from "./evaluator";
import { newInspectorLink } from "./inspectorLink";
import type { ListedPart, ListedVariable } from "./listedVariables";
import { type Frame, newPauses, type Pause } from "./pauses";
import { THREAD, type TellEvent, type WantedBreakpoint } from "./protocol";
import { SCOPE_NAMES } from "./scopeNames";
import { sourceText } from "./sourceText";
import { newWantedHits } from "./wantedHits";

/** Answers one command of the protocol; what it gives is the body of the response. */
type Handler = (given: any) => object | void | Promise<object | void>; // oxlint-disable-line typescript/no-explicit-any

/** A connection to the computing thread, with all that clients have set in it. */
export interface DebugSession {
  /** Commands that only look at the program. */
  always: Record<string, Handler>;
  /** Commands of a debugger that was started. */
  started: Record<string, Handler>;
  /** `showsTypeAlone`: the client shows a variable's type in the place of its value, unless there is none. */
  start(client: { showsTypeAlone: boolean }): Promise<void>;
  announce(scripts: ScriptInfo[]): Promise<void>;
  release(): void;
  close(): void;
}

/** Code that a step does not go into. */
const FOREIGN = ["/node_modules/", "^node:"];
const ASYNC_DEPTH = 16; // calls that await

/** A session that only looks, until it is started. */
export function newDebugSession(tell: TellEvent, isStarted: () => boolean): DebugSession {
  const link = newInspectorLink();
  const scripts = newDebugScripts();
  let showsTypeAlone = false;
  const dumped = new Map<string, string>();
  const breakpoints = newBreakpoints(link, scripts);
  const evaluator = newEvaluator(link);
  const isWanted = newWantedHits(evaluator, (text) => link.call("print", text));
  const pauses = newPauses({ link, scripts, breakpoints, tell, isWanted });

  const forClient = (variables: ListedVariable[]) =>
    showsTypeAlone ? variables.map(({ type: _, ...rest }) => rest) : variables;

  const frameWith = (id: unknown): Frame | undefined => {
    if (id === undefined || id === null) return undefined;
    const found = pauses.current()?.frames.find((frame) => frame.id === id);
    if (found) return found;
    throw new Error(`There is no frame ${String(id)} any more; ask for the stack trace again`);
  };

  const scopesOf = async (frame: Frame) => {
    const scope = async (name: string, reference: number | Promise<number>, expensive = false) => ({
      ...{ name, expensive, variablesReference: await reference },
    });
    const own = (frame.call?.scopeChain ?? []).filter(({ type }) => type in SCOPE_NAMES);
    const listed = own.map(({ type, object }) => scope(SCOPE_NAMES[type], link.call("scope", { remote: object })));
    const found = await Promise.all([...listed, scope("Globals", link.call("notebook"))]);
    return found.filter(({ variablesReference }) => variablesReference !== 0);
  };

  const sourceOf = ({ path, name }: DebugScript) => ({ path, name });

  const files = () => scripts.all().filter(({ source }) => source === undefined);

  const always: DebugSession["always"] = {
    debugInfo: () => ({
      ...CELL_PATHS,
      isStarted: isStarted(),
      breakpoints: Array.from(breakpoints.all(), ([source, list]) => ({ source, breakpoints: list.map(toLine) })),
      stoppedThreads: pauses.current() ? [THREAD] : [],
      richRendering: true,
      exceptionPaths: ["TypeScript Exceptions"],
      copyToGlobals: true,
    }),
    dumpCell: ({ code = "" }) => {
      const sourcePath = cellPath(String(code));
      dumped.set(sourcePath, String(code));
      return { sourcePath };
    },
    configurationDone: () => {},
    threads: () => ({ threads: [{ id: THREAD, name: "cells" }] }),
    source: ({ source = {} }) => ({ content: sourceText(String(source.path), { dumped, scripts }) }),
    loadedSources: () => ({ sources: files().map(sourceOf) }),
    modules: ({ startModule = 0, moduleCount = 0 }) => {
      const all = files().map(({ path, name }, id) => ({ id, name, path }));
      return { modules: all.slice(startModule, moduleCount ? startModule + moduleCount : undefined), totalModules: all.length }; // prettier-ignore
    },
    inspectVariables: async () => {
      if (!pauses.current()) await link.call("forget"); // else what was listed once would never be freed
      return { variables: forClient(await link.call("allVariables")) };
    },
    variables: async ({ variablesReference = 0, filter, start, count }) => ({
      variables: forClient(
        await link.call("inside", Number(variablesReference), { filter, start, count } as ListedPart),
      ),
    }),
    richInspectVariables: async ({ variableName = "", frameId }) => {
      const frame = frameWith(frameId);
      return { data: await evaluator.bundle(String(variableName), frame, !pauses.current()), metadata: {} };
    },
    copyToGlobals: ({ srcVariableName = "", dstVariableName = "", srcFrameId }) =>
      evaluator.copy(String(srcVariableName), frameWith(srcFrameId), String(dstVariableName)),
    evaluate: async ({ expression = "", frameId }) => {
      const { value: result, ...rest } = await evaluator.describe(String(expression), frameWith(frameId));
      return { result, ...rest };
    },
  };

  const started: DebugSession["started"] = {
    attach: () => {},
    setBreakpoints: async ({ source = {}, breakpoints: wanted = [] }) => {
      const set = await breakpoints.set(String(source.path), wanted as WantedBreakpoint[]);
      return { breakpoints: set.map((one) => shownBreakpoint(one, String(source.path))) };
    },
    setExceptionBreakpoints: ({ filters = [] }) =>
      pauses.stopAtExceptions(filters.includes("all") ? "all" : filters.includes("uncaught") ? "uncaught" : "none"),
    stackTrace: ({ startFrame = 0, levels = 0 }) => {
      const { frames } = standing(pauses.current());
      const asked = frames.slice(startFrame, levels ? startFrame + levels : undefined);
      return { stackFrames: asked.map(toStackFrame), totalFrames: frames.length };
    },
    scopes: async ({ frameId }) => ({ scopes: await scopesOf(frameWith(frameId)!) }),
    exceptionInfo: () => {
      const { thrown } = standing(pauses.current());
      if (!thrown) throw new Error("The program does not stand at an exception; ask after a stop for that reason");
      const { description = "", value } = thrown;
      const [head] = description.split("\n");
      return { exceptionId: head.split(":")[0] || String(value), description: head || String(value), breakMode: "always", details: { stackTrace: description } }; // prettier-ignore
    },
    continue: async () => {
      await pauses.goOn();
      return { allThreadsContinued: true };
    },
    next: () => pauses.goOn("stepOver"),
    stepIn: () => pauses.goOn("stepInto"),
    stepOut: () => pauses.goOn("stepOut"),
    pause: () => pauses.request(),
  };

  const start: DebugSession["start"] = async (client) => {
    showsTypeAlone = client.showsTypeAlone;
    link.on("Debugger.scriptParsed", scripts.parsed);
    await link.post("Debugger.enable");
    await link.post("Debugger.setAsyncCallStackDepth", { maxDepth: ASYNC_DEPTH });
    await link.post("Debugger.setBlackboxPatterns", { patterns: FOREIGN });
    for (const info of await link.call("scripts")) scripts.learn(info);
  };

  const announce = async (infos: ScriptInfo[]) => {
    for (const info of infos) {
      const script = scripts.learn(info);
      for (const one of await breakpoints.placeIn(script))
        tell("breakpoint", { reason: "changed", breakpoint: shownBreakpoint(one, script.path) });
    }
  };

  return { always, started, start, announce, release: pauses.release, close: link.close };
}

function standing(pause: Pause | undefined): Pause {
  if (pause) return pause;
  throw new Error("The program does not stand; wait for the event stopped");
}

function shownBreakpoint(one: Breakpoint, path: string) {
  return { id: one.id, verified: one.actual !== undefined, source: { path }, ...toLine(one) };
}

function toLine({ line, actual }: Breakpoint) {
  return { line: actual ?? line };
}

function toStackFrame({ id, name, script, place }: Frame) {
  return { id, name, source: { path: script.path, name: script.name }, ...place };
}
