import { numpyRandom, seededRandom, type Random } from "../random";
import { decodeIds, encodeIds } from "./idBytes";
import type { Csr, SparsePattern } from "./csr";
import type { Dataset, DatasetSide } from "./dataset";
import type { Factors } from "./factors";
import type { Recommender } from "./model";
import { checkSettings, defaultSettings, type Settings } from "./settings";
import { sha256 } from "./sha256";

/** What a file holds: a model, fitted or not, and the names of its users, items and features if they were given. */
export interface SavedModel {
  model: Recommender;
  dataset?: Dataset;
}

/**
 * A model as bytes, with all it takes to go on: settings, the generator's state, embeddings and biases, the schedule's
 * memory, features, what was seen, and the data set's names. Numbers are kept bit for bit.
 *
 * The form: "ATELIERR", the version, the length of the header (32 bits each, little-endian), the header in JSON, the
 * blocks it lists one after the other, each filled up to 8 bytes, and the SHA-256 of everything before it.
 *
 * @throws TypeError for a generator other than those of `lib/random`
 */
export function modelToBytes({ model, dataset }: SavedModel): Uint8Array {
  const blocks = new BlockWriter();
  const { components, random, learned } = model;
  const header = JSON.stringify({
    settings: Object.fromEntries(SETTINGS.map((name) => [name, model[name]])),
    components,
    random: checkedState(random),
    learned: learned && {
      items: writeFactors(learned.items, blocks),
      users: writeFactors(learned.users, blocks),
      itemFeatures: writeCsr(learned.itemFeatures, blocks),
      userFeatures: writeCsr(learned.userFeatures, blocks),
      seen: writePattern(learned.seen, blocks),
    },
    dataset: dataset && { users: writeSide(dataset.users, blocks), items: writeSide(dataset.items, blocks) },
    blocks: blocks.lengths,
  });
  return assemble(new TextEncoder().encode(header), blocks.blocks);
}

/**
 * The model again, to be used or taught further as if it had never been away.
 *
 * @throws SyntaxError for bytes that are no saved model, of another version, cut short or changed
 */
export function modelFromBytes(bytes: Uint8Array): SavedModel {
  const body = checkedBody(bytes);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const end = PREFIX + view.getUint32(MAGIC.length + 4, true);
  const header = JSON.parse(new TextDecoder().decode(body.subarray(PREFIX, end))) as Header;
  const read = blockReader(body, padded(end), header.blocks);
  const model: Recommender = { ...header.settings, components: header.components, random: revive(header.random) };
  checkSettings(model, "modelFromBytes()");
  if (header.learned)
    model.learned = {
      items: readFactors(header.learned.items, read),
      users: readFactors(header.learned.users, read),
      itemFeatures: readCsr(header.learned.itemFeatures, read),
      userFeatures: readCsr(header.learned.userFeatures, read),
      seen: readPattern(header.learned.seen, read),
    };
  if (!header.dataset) return { model };
  const { users, items } = header.dataset;
  return { model, dataset: { users: readSide("user", users, read), items: readSide("item", items, read) } };
}

const MAGIC = new TextEncoder().encode("ATELIERR");
/** Version 1 kept values of what was seen, which nothing reads. */
const VERSIONS = [1, 2];
const VERSION = 2;
const PREFIX = MAGIC.length + 8;
const DIGEST = 32;
const SETTINGS = [...Object.keys(defaultSettings), "compat"] as (keyof Settings)[];
const ARRAYS = [
  "embeddings",
  "biases",
  "embeddingGradients",
  "biasGradients",
  "embeddingMomentum",
  "biasMomentum",
] as const;

interface Header {
  settings: Settings;
  components: number;
  random: number[];
  learned?: Record<"items" | "users", SavedFactors> &
    Record<"itemFeatures" | "userFeatures", SavedCsr> & { seen: SavedPattern };
  dataset?: Record<"users" | "items", SavedSide>;
  blocks: number[];
}

/** A block's number stands for the array. */
type SavedFactors = { features: number; components: number } & Record<(typeof ARRAYS)[number], number>;
type SavedCsr = Record<keyof Csr, number>;
type SavedPattern = Record<keyof SparsePattern, number>;
type SavedSide = Record<"ids" | "ownColumns" | "names" | "columns", number> & { identity: boolean };
type Read = (block: number) => Uint8Array;

class BlockWriter {
  readonly blocks: Uint8Array[] = [];
  readonly lengths: number[] = [];

  /** Takes an array, which may be a view on part of its buffer, and returns its number. */
  add({ buffer, byteOffset, byteLength }: ArrayBufferView): number {
    this.blocks.push(new Uint8Array(buffer, byteOffset, byteLength));
    return this.lengths.push(byteLength) - 1;
  }
}

function writeFactors(factors: Factors, blocks: BlockWriter): SavedFactors {
  const { features, components } = factors;
  const arrays = Object.fromEntries(ARRAYS.map((name) => [name, blocks.add(factors[name])]));
  return { features, components, ...arrays } as SavedFactors;
}

function readFactors({ features, components, ...saved }: SavedFactors, read: Read): Factors {
  const arrays = Object.fromEntries(ARRAYS.map((name) => [name, new Float32Array(read(saved[name]).buffer)]));
  return { features, components, ...arrays } as Factors;
}

function writeCsr(matrix: Csr, blocks: BlockWriter): SavedCsr {
  return { ...writePattern(matrix, blocks), values: blocks.add(matrix.values) };
}

function readCsr(saved: SavedCsr, read: Read): Csr {
  return { ...readPattern(saved, read), values: new Float32Array(read(saved.values).buffer) };
}

function writePattern({ rows, columns, offsets, indices }: SparsePattern, blocks: BlockWriter): SavedPattern {
  return { rows, columns, offsets: blocks.add(offsets), indices: blocks.add(indices) };
}

function readPattern({ rows, columns, offsets, indices }: SavedPattern, read: Read): SparsePattern {
  return {
    rows,
    columns,
    offsets: new Uint32Array(read(offsets).buffer),
    indices: new Int32Array(read(indices).buffer),
  };
}

function writeSide({ ids, identity, ownColumns, columnOf }: DatasetSide, blocks: BlockWriter): SavedSide {
  return {
    identity,
    ids: blocks.add(encodeIds(ids)),
    ownColumns: blocks.add(Int32Array.from(ownColumns)),
    names: blocks.add(encodeIds([...columnOf.keys()])),
    columns: blocks.add(Int32Array.from(columnOf.values())),
  };
}

function readSide(kind: DatasetSide["kind"], saved: SavedSide, read: Read): DatasetSide {
  const ids = decodeIds(read(saved.ids));
  const columns = new Int32Array(read(saved.columns).buffer);
  return {
    kind,
    ids,
    rowOf: new Map(ids.map((id, row) => [id, row])),
    identity: saved.identity,
    ownColumns: [...new Int32Array(read(saved.ownColumns).buffer)],
    columnOf: new Map(decodeIds(read(saved.names)).map((name, place) => [name, columns[place]])),
  };
}

function assemble(header: Uint8Array, blocks: Uint8Array[]): Uint8Array {
  const start = padded(PREFIX + header.length);
  const end = blocks.reduce((place, block) => place + padded(block.length), start);
  const bytes = new Uint8Array(end + DIGEST);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(MAGIC.length, VERSION, true);
  view.setUint32(MAGIC.length + 4, header.length, true);
  bytes.set(header, PREFIX);
  let place = start;
  for (const block of blocks) {
    bytes.set(block, place);
    place += padded(block.length);
  }
  bytes.set(sha256(bytes.subarray(0, end)), end);
  return bytes;
}

/** The bytes without their digest, once it is known to be right. */
function checkedBody(bytes: Uint8Array): Uint8Array {
  if (bytes.length < PREFIX + DIGEST || MAGIC.some((byte, place) => bytes[place] !== byte))
    throw new SyntaxError("modelFromBytes(): this is no saved model; pass what modelToBytes or saveModel wrote");
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (!VERSIONS.includes(version))
    throw new SyntaxError(
      `modelFromBytes(): the model was saved in version ${version} of the form, this code reads versions ${VERSIONS.join(" and ")}; load it with the code that saved it, or fit it anew`,
    );
  const body = bytes.subarray(0, bytes.length - DIGEST);
  const digest = sha256(body);
  if (digest.some((byte, place) => bytes[body.length + place] !== byte))
    throw new SyntaxError(
      "modelFromBytes(): the saved model is cut short or was changed, its checksum does not match; save it again, or take another copy",
    );
  return body;
}

/** Each block comes as a copy of its own, at the start of its buffer. */
function blockReader(body: Uint8Array, start: number, lengths: number[]): Read {
  const starts: number[] = [];
  let place = start;
  for (const length of lengths) {
    starts.push(place);
    place += padded(length);
  }
  return (block) => new Uint8Array(body.subarray(starts[block], starts[block] + lengths[block]));
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

const NUMPY_WORDS = 625;
const SEEDED_WORDS = 4;

function checkedState(random: Random): number[] {
  const state = random.state();
  if (state.length === NUMPY_WORDS || state.length === SEEDED_WORDS) return state;
  throw new TypeError(
    `modelToBytes(): the model's generator has a state of ${state.length} words; build the model with numpyRandom or seededRandom to save it`,
  );
}

function revive(state: number[]): Random {
  return state.length === NUMPY_WORDS ? numpyRandom(0, state) : seededRandom(0, state);
}
