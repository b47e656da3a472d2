import type { Unit } from "./report";

/** What a contender is asked to do once: `count` steps of training, or the prediction of `count` images. */
export interface Task {
  work: "train" | "fit" | "predict" | "call";
  net: "A" | "B";
  count: number;
}

/** What it answers. */
export interface Answer {
  seconds: number;
  /** Trainable parameters of the net. */
  parameters: number;
}

/** Who can be a contender: our backend, the same without native code, Keras on the CPU or a GPU, and TensorFlow.js on others. */
export type Player =
  | "simd"
  | "simd-wasm"
  | "keras"
  | "keras-gpu"
  | "wasm"
  | "cpu"
  | "tfjs-node"
  | "node-gpu"
  | "tensorflow"
  | "webgpu";

/** A comparison: what each side does in a round. */
export interface Case {
  name: string;
  unit: Unit;
  ours: Task;
  peer: Task & { player: Player; name: string };
  /** Default one, before the rounds, that does not count. */
  warmUp?: false;
  /** At most so many, where a round takes minutes. */
  rounds?: number;
}

/** What is to be compared. */
export interface CaseOptions {
  nets: Task["net"][];
  steps: number;
  /** Also what takes minutes: plain JavaScript's training step. */
  slow: boolean;
}

/** Images of a prediction: 40 batches of 256. */
export const PREDICTED = 10_240;
/** The same for plain JavaScript, which takes seconds for them. */
const PREDICTED_BY_CPU = 32;

/** The comparisons on one number of threads; `all` has those, too, whose peers take no account of it. */
export function listCases({ nets, steps, slow }: CaseOptions, { all }: { all: boolean }): Case[] {
  return [
    ...nets.map((net) => trainingCase(net, steps)),
    ...(all ? [{ ...trainingCase(nets[0], steps, "fit"), name: `${nets[0]}, plain model.fit` }] : []),
    ...nets.flatMap((net) => predictionCases(net, all)),
    ...(all && slow ? [cpuTraining(nets[0], steps)] : []),
  ];
}

function trainingCase(net: Task["net"], count: number, work: "train" | "fit" = "train"): Case {
  const peer = { player: "keras", name: "Keras fit", work: "train", net, count } as const;
  return { name: `${net}, training`, unit: "ms a step", ours: { work, net, count }, peer };
}

function predictionCases(net: Task["net"], all: boolean): Case[] {
  const ours = { work: "predict", net, count: PREDICTED } as const;
  const peers: Case["peer"][] = [
    { ...ours, player: "keras", name: "Keras predict" },
    { ...ours, player: "keras", name: "Keras, compiled call", work: "call" },
  ];
  if (all)
    peers.push(
      { ...ours, player: "wasm", name: "TensorFlow.js wasm" },
      { ...ours, player: "cpu", name: "TensorFlow.js cpu", count: PREDICTED_BY_CPU },
      { ...ours, player: "tfjs-node", name: "tfjs-node" },
    );
  return peers.map((peer) => ({ name: `${net}, prediction`, unit: "images a second", ours, peer }));
}

function cpuTraining(net: Task["net"], steps: number): Case {
  const peer = { player: "cpu", name: "TensorFlow.js cpu", work: "train", net, count: 1 } as const;
  return { ...trainingCase(net, steps), peer, warmUp: false, rounds: 1 };
}
