import { randomUUID } from "crypto";
import type { CommMessage, KernelComm } from "../kernel/commTypes";
import { type Packed, packState, type State, unpackState } from "./buffers";
import { kernelComms } from "./kernelComms";
import { openModels } from "./openModels";

/** The state that a front end and the kernel share. */
export interface Model {
  readonly id: string;
  /** What it is now. */
  readonly state: Readonly<State>;
  /** Changes it here and in front ends; listeners do not hear of it. */
  set(changes: State): void;
  /** Hears what a front end has changed, which the state has by then. */
  onChange(listener: (changes: State) => void): void;
  /** Hears what else a front end says. */
  onCustom(listener: (content: unknown) => void): void;
  /** Lets front ends know it; nothing outside of this package's kernel. Gives whether they do. */
  open(): boolean;
  /** Takes it away from front ends. */
  close(): void;
}

/** Options of `newModel`. */
export interface ModelOptions {
  /** Models that must be known before this one. */
  parts?: Model[];
  /** Whether other front ends hear what one has changed; default true. */
  echo?: boolean;
}

/** The version of the protocol, which messages name. */
const VERSION = "2.1.0";

/**
 * A model of Jupyter's widgets protocol, unknown to front ends until it is opened.
 *
 * @internal
 */
export function newModel(initial: State, { parts = [], echo = true }: ModelOptions = {}): Model {
  const id = randomUUID();
  const state = { ...initial };
  const listeners: ((changes: State) => void)[] = [];
  const customs: ((content: unknown) => void)[] = [];
  let comm: KernelComm | undefined;

  const send = (method: string, changes: State) => {
    const { buffers, ...rest } = packState(changes);
    comm?.send({ data: { method, ...rest }, buffers });
  };

  const update = (changes: State) => {
    const known = Object.entries(changes).filter(([name]) => Object.hasOwn(state, name));
    const taken = Object.fromEntries(known);
    Object.assign(state, taken);
    if (echo) send("echo_update", taken);
    for (const listener of listeners) listener(taken);
  };

  const onMessage = ({ content, buffers }: CommMessage) => {
    const data = content.data as { method?: string; content?: unknown } & Packed;
    if (data.method === "request_state") send("update", state);
    else if (data.method === "custom") customs.forEach((listener) => listener(data.content));
    else if (data.method === "update") update(unpackState({ ...data, buffer_paths: data.buffer_paths ?? [], buffers }));
  };

  const forget = () => {
    comm = undefined;
    openModels().delete(id);
  };

  const open = (): boolean => {
    for (const part of parts) part.open();
    if (comm) return true;
    const { buffers, ...data } = packState(state);
    comm = kernelComms()?.open(id, "jupyter.widget", { data, buffers, metadata: { version: VERSION } });
    comm?.onMessage(onMessage);
    comm?.onClose(forget);
    if (comm) openModels().set(id, { state });
    return comm !== undefined;
  };

  return {
    ...{ id, state, open },
    set: (changes) => {
      Object.assign(state, changes);
      send("update", changes);
    },
    onChange: (listener) => void listeners.push(listener),
    onCustom: (listener) => void customs.push(listener),
    close: () => {
      comm?.close();
      forget();
    },
  };
}
