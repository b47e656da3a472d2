import { type Packed, packState, type State, unpackState } from "../../lib/widgets/buffers";
import type { CommMessage, Comms, KernelComm } from "../../lib/kernel/commTypes";

/** A front end beside an imagined kernel: it knows the models that were opened, and moves them. */
export interface FrontEnd {
  /** The states it knows, by the models' ids. */
  states: Map<string, State>;
  /** What it was told, as in "update value". */
  told: string[];
  /** Changes a state as a person does. */
  move(id: string, state: State): void;
  /** Says something else of a model. */
  say(id: string, data: object): void;
  /** Opens a comm of its own for a target, with a first message; gives what comes back. */
  open(target: string, data: object): State[];
  /** Takes a widget away. */
  close(id: string): void;
  /** The id of what a widget is shown as. */
  shown(widget: unknown): string;
}

const KEYS = ["atelier.kernel.comms", "atelier.widgets"].map((name) => Symbol.for(name));

/** Lets code find that kernel's comms while `action` runs. */
export async function withFrontEnd(action: (frontEnd: FrontEnd) => void | Promise<void>): Promise<void> {
  const { comms, frontEnd } = newFrontEnd();
  const known = globalThis as Record<symbol, unknown>;
  known[KEYS[0]] = comms;
  try {
    await action(frontEnd);
  } finally {
    for (const key of KEYS) delete known[key];
  }
}

interface Known {
  listeners: ((message: CommMessage) => void)[];
  closers: (() => void)[];
}

type Taker = (comm: KernelComm, opening: CommMessage) => void;

function newFrontEnd(): { comms: Comms; frontEnd: FrontEnd } {
  const states = new Map<string, State>();
  const told: string[] = [];
  const open = new Map<string, Known>();
  const takers = new Map<string, Taker>();
  const back = new Map<string, State[]>();

  const take = (id: string, data: Packed & { method?: string; states?: State }, buffers: Uint8Array[]) => {
    const state = unpackState({ state: data.states ?? data.state, buffer_paths: data.buffer_paths, buffers });
    const wire = JSON.parse(JSON.stringify(data.states ?? data.state));
    if (Object.values(wire).some((value) => value === undefined)) throw new Error("not JSON");
    told.push(`${data.method ?? "open"} ${Object.keys(state).join(" ")}`.trim());
    back.get(id)?.push(state);
    if (!data.states) states.set(id, { ...states.get(id), ...state });
  };
  const newComm = (id: string): KernelComm => {
    open.set(id, { listeners: [], closers: [] });
    return {
      id,
      send: ({ data, buffers = [] }) => take(id, data as Packed, buffers),
      close: () => {
        open.delete(id);
        states.delete(id);
      },
      onMessage: (listener) => void open.get(id)?.listeners.push(listener),
      onClose: (listener) => void open.get(id)?.closers.push(listener),
    };
  };
  const say = (id: string, data: object, buffers: Uint8Array[] = []) => {
    const message: CommMessage = { type: "comm_msg", content: { comm_id: id, data }, metadata: {}, buffers };
    open.get(id)?.listeners.forEach((listener) => listener(message));
  };
  const comms: Comms = {
    open: (id, target, { data, buffers = [], metadata }) => {
      if (target !== "jupyter.widget" || JSON.stringify(metadata) !== '{"version":"2.1.0"}') throw new Error(target);
      take(id, data as Packed, buffers);
      return newComm(id);
    },
    take: (target, taker) => void takers.set(target, taker),
    report: (error) => ({
      ename: "",
      evalue: "",
      traceback: [String(error), "in cell 1", "    at again (lib/widgets/interact.ts:1:2)"],
    }),
  };
  const frontEnd: FrontEnd = {
    ...{ states, told, say },
    move: (id, state) => {
      const { buffers, ...rest } = packState(state);
      say(id, { method: "update", ...JSON.parse(JSON.stringify(rest)) }, buffers);
    },
    open: (target, data) => {
      const answers: State[] = [];
      back.set("front", answers);
      takers.get(target)?.(newComm("front"), { type: "comm_open", content: {}, metadata: {}, buffers: [] });
      say("front", data);
      return answers;
    },
    close: (id) => {
      open.get(id)?.closers.forEach((closer) => closer());
      open.delete(id);
    },
    shown: (widget) => {
      const bundle = (widget as Record<symbol, () => Record<string, unknown>>)[Symbol.for("Jupyter.display")]();
      return (bundle["application/vnd.jupyter.widget-view+json"] as { model_id: string }).model_id;
    },
  };
  return { comms, frontEnd };
}
