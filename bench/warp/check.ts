import { integer, numpyRandom, type Random } from "../../lib/random";
import { buildCoo, type Coo } from "../../lib/recommend/coo";
import { csrFromDense } from "../../lib/recommend/denseCsr";
import { fitPartial } from "../../lib/recommend/fit";
import { buildRecommender, type Recommender } from "../../lib/recommend/model";
import { predictRank } from "../../lib/recommend/predictRank";
import { lightfmPython, runPeer, type PeerCase, type PeerData, type PeerResult } from "./peer";

const USERS = 150;
const ITEMS = 240;
const ENTRIES = 6000;
const SEED = 11;
const COMPONENTS = 10;
const EPOCHS = [1, 5];

/** The largest difference allowed, as a share of the block's largest number. */
const TOLERANCE = 1e-3;
/** The least share of pairs whose rank is the same. */
const SAME_RANKS = 0.999;

/**
 * Holds `compat: "lightfm"` to LightFM itself, built here without fast-math, on one thread with the same seed: all
 * losses and schedules, with and without features, after 1 and 5 epochs, without regularisation.
 *
 * @returns whether all cases agree
 */
export async function checkWarp(): Promise<boolean> {
  const data = drawData(numpyRandom(SEED));
  const cases = listCases();
  const peer = runPeer(lightfmPython("plain"), data, cases);
  const rows: { case: string; epochs: number; difference: string; "same ranks": string; agrees: boolean }[] = [];
  for (const given of cases)
    for (const { epochs, difference, sameRanks } of await compare(given, data, peer))
      rows.push({
        case: given.name,
        epochs,
        difference: difference.toExponential(1),
        "same ranks": `${(100 * sameRanks).toFixed(2)} %`,
        agrees: difference <= TOLERANCE && sameRanks >= SAME_RANKS,
      });
  console.table(rows);
  const failed = rows.filter(({ agrees }) => !agrees);
  console.log(
    `${rows.length - failed.length} of ${rows.length} states agree with LightFM's (no number off by more than ${TOLERANCE} of its block's largest, at least ${100 * SAME_RANKS} % of ranks the same)`,
  );
  return failed.length === 0;
}

function listCases(): PeerCase[] {
  const cases: PeerCase[] = [];
  for (const loss of ["logistic", "bpr", "warp", "warp-kos"])
    for (const schedule of ["adagrad", "adadelta"])
      for (const features of [false, true])
        for (const weights of loss === "warp-kos" ? [false] : [false, true])
          cases.push({
            name: [loss, schedule, features ? "features" : "plain", ...(weights ? ["weights"] : [])].join("-"),
            options: { loss, learning_schedule: schedule, no_components: COMPONENTS, random_state: SEED },
            features,
            weights,
            epochs: EPOCHS,
            want: "parameters",
          });
  return cases;
}

async function compare(given: PeerCase, data: PeerData, peer: PeerResult) {
  const { loss, learning_schedule: schedule } = given.options as { loss: "warp"; learning_schedule: "adagrad" };
  const model = buildRecommender({ components: COMPONENTS, seed: SEED, compat: "lightfm", loss, schedule });
  const results: { epochs: number; difference: number; sameRanks: number }[] = [];
  let done = 0;
  for (const epochs of given.epochs) {
    await fitPartial(model, data.interactions, {
      epochs: epochs - done,
      itemFeatures: given.features ? data.itemFeatures : undefined,
      userFeatures: given.features ? data.userFeatures : undefined,
      sampleWeight: given.weights ? data.weights : undefined,
    });
    done = epochs;
    results.push({ epochs, ...differences(model, (array) => peer.array(given.name, epochs, array)) });
  }
  return results;
}

function differences(model: Recommender, theirs: (array: string) => Float32Array) {
  const { items, users } = model.learned!;
  const difference = Math.max(
    largestDifference(items.embeddings, theirs("itemEmbeddings")),
    largestDifference(items.biases, theirs("itemBiases")),
    largestDifference(users.embeddings, theirs("userEmbeddings")),
    largestDifference(users.biases, theirs("userBiases")),
  );
  const ranks = predictRank(model, allPairs()).values;
  const wanted = theirs("ranks");
  const sameRanks = ranks.reduce((count, rank, pair) => count + (rank === wanted[pair] ? 1 : 0), 0) / wanted.length;
  return { difference, sameRanks };
}

function largestDifference(got: Float32Array, wanted: Float32Array): number {
  if (got.length !== wanted.length) return Infinity;
  let [difference, magnitude] = [0, 0];
  for (let i = 0; i < wanted.length; i++) {
    difference = Math.max(difference, Math.abs(got[i] - wanted[i]));
    magnitude = Math.max(magnitude, Math.abs(wanted[i]));
  }
  return difference === 0 ? 0 : difference / magnitude;
}

/** Interactions of all kinds, repeated ones among them, with features of both sides and weights. */
function drawData(random: Random): PeerData {
  const draw = (limit: number) => Int32Array.from({ length: ENTRIES }, () => integer(random, 0, limit));
  const shape = { rows: USERS, columns: ITEMS, rowIndices: draw(USERS), columnIndices: draw(ITEMS) };
  const choose = (values: number[]) => Array.from({ length: ENTRIES }, () => values[integer(random, 0, values.length)]);
  const dense = (size: number, share: number) =>
    Float32Array.from({ length: size }, () => (random.uniform() < share ? random.uniform() : 0));
  return {
    interactions: buildCoo({ ...shape, values: choose([1, 1, 1, 1, 5, 0, -1]) }),
    weights: buildCoo({ ...shape, values: choose([0, 0.25, 1, 2.5]) }),
    itemFeatures: csrFromDense(dense(ITEMS * 20, 0.3), 20),
    userFeatures: csrFromDense(dense(USERS * 12, 0.3), 12),
  };
}

function allPairs(): Coo {
  const length = USERS * ITEMS;
  return buildCoo({
    rows: USERS,
    columns: ITEMS,
    rowIndices: Int32Array.from({ length }, (_, pair) => Math.floor(pair / ITEMS)),
    columnIndices: Int32Array.from({ length }, (_, pair) => pair % ITEMS),
  });
}
