import { numpyRandom } from "../../lib/random";
import { takeEntries, type Coo } from "../../lib/recommend/coo";
import type { Csr } from "../../lib/recommend/csr";
import { fit } from "../../lib/recommend/fit";
import { auc, aucOf } from "../../lib/recommend/metrics";
import { measure } from "../../lib/recommend/metrics/measure";
import { ndcgOf } from "../../lib/recommend/metrics/ndcg";
import { buildRecommender } from "../../lib/recommend/model";
import { popularityScorer } from "../../lib/recommend/popularity";
import { toScorer, type Scorer } from "../../lib/recommend/predict";
import { score } from "../../lib/recommend/representation";
import { heldOutRanks } from "../../lib/recommend/ranks";
import { splitByTime } from "../../lib/recommend/splits/splitByTime";
import { splitByUser } from "../../lib/recommend/splits/splitByUser";
import { lightfmPython, runPeer, type PeerCase } from "./peer";
import { plantedSet } from "./planted";
import { loadRetail } from "./retail";

const SEEDS = [1, 2, 3, 4, 5];
const COMPONENTS = 30;
const EPOCHS = 10;
/** One item in so many is cold: nobody is known to have chosen it. */
const COLD = 10;

/** A data set split in three: what is learned, later choices among the items in it, and choices of other items. */
interface Problem {
  name: string;
  train: Coo;
  warm: Coo;
  cold: Coo;
  itemFeatures: Csr;
}

/** The metrics of one model. */
type Scores = Record<"warm AUC" | "warm NDCG@10" | "cold AUC", number>;

/**
 * Trains our recommender in its default form and LightFM with its default flags on the same interactions, plain and
 * with features, over five seeds, and prints mean and standard deviation of what they score, and popularity beside.
 */
export async function measureQuality(): Promise<void> {
  for (const problem of [planted(), retail()]) {
    const { train, itemFeatures } = problem;
    console.log(`${problem.name}: ${train.rows} users, ${train.columns} items, ${train.values.length} interactions; d = ${COMPONENTS}, ${EPOCHS} epochs of WARP`); // prettier-ignore
    const cases = [false, true].flatMap((features) => SEEDS.map((seed) => peerCase(features, seed)));
    const peer = runPeer(lightfmPython("fast"), { interactions: train, itemFeatures }, cases);
    const rows = [
      { model: "popularity", ...shown([judge(popularityScorer(train, { random: numpyRandom(1) }), problem)]) },
    ];
    for (const features of [false, true]) {
      const kind = features ? "with features" : "plain";
      const theirs = SEEDS.map((seed) => {
        const { name } = peerCase(features, seed);
        const [items, users] = [peer.array(name, EPOCHS, "items"), peer.array(name, EPOCHS, "users")];
        return judge(vectorScorer(users, items), problem);
      });
      rows.push({ model: `LightFM, ${kind}`, ...shown(theirs) });
      const ours: Scores[] = [];
      for (const seed of SEEDS) {
        const model = buildRecommender({ components: COMPONENTS, seed });
        await fit(model, train, { itemFeatures: features ? itemFeatures : undefined, epochs: EPOCHS });
        ours.push(judge(toScorer(model), problem));
      }
      rows.push({ model: `ours, ${kind}`, ...shown(ours) });
    }
    console.table(rows);
  }
}

function peerCase(features: boolean, seed: number): PeerCase {
  const options = { loss: "warp", no_components: COMPONENTS, random_state: seed };
  const name = `${features ? "features" : "plain"}-${seed}`;
  return { name, options, features, weights: false, epochs: [EPOCHS], want: "vectors" };
}

function planted(): Problem {
  const random = numpyRandom(7);
  const { interactions, itemFeatures } = plantedSet({ users: 1500, items: 1200, entries: 75_000, random });
  const { known, cold } = withholdItems(interactions);
  const { train, test } = splitByUser(known, { random });
  return { name: "planted", train, warm: test, cold, itemFeatures };
}

function retail(): Problem {
  const { interactions, times, itemFeatures } = loadRetail();
  const { known, cold, places } = withholdItems(interactions);
  const { train, test } = splitByTime(
    known,
    Float64Array.from(places, (place) => times[place]),
  );
  return { name: "Online Retail II", train, warm: test, cold, itemFeatures };
}

/** All interactions with every tenth item put aside. */
function withholdItems(interactions: Coo): { known: Coo; cold: Coo; places: Int32Array } {
  const entries = Int32Array.from(interactions.values.keys());
  const isCold = (entry: number) => interactions.columnIndices[entry] % COLD === 0;
  const places = entries.filter((entry) => !isCold(entry));
  return { known: takeEntries(interactions, places), cold: takeEntries(interactions, entries.filter(isCold)), places };
}

/** Cold items compete with one another only, and so do the others. */
function judge(scorer: Scorer, { train, warm, cold }: Problem): Scores {
  const all = Int32Array.from({ length: train.columns }, (_, item) => item);
  const [coldItems, warmItems] = [true, false].map((wanted) => all.filter((item) => (item % COLD === 0) === wanted));
  const among = (items: Int32Array): Scorer => {
    return (user) => {
      const scores = scorer(user);
      const some = new Float32Array(items.length);
      for (let place = 0; place < items.length; place++) some[place] = scores[items[place]];
      return some;
    };
  };
  const ranks = heldOutRanks(among(warmItems), restrict(warm, warmItems), { train: restrict(train, warmItems) });
  return {
    "warm AUC": measure(ranks, aucOf).mean,
    "warm NDCG@10": measure(ranks, ndcgOf(10)).mean,
    "cold AUC": auc(among(coldItems), restrict(cold, coldItems)).mean,
  };
}

/** The matrix with only these columns, numbered anew; all its entries lie in them. */
function restrict(matrix: Coo, items: Int32Array): Coo {
  const numberOf = new Map(Array.from(items, (item, number) => [item, number]));
  return {
    ...matrix,
    columns: items.length,
    columnIndices: matrix.columnIndices.map((item) => numberOf.get(item)!),
  };
}

function vectorScorer(users: Float32Array, items: Float32Array): Scorer {
  const width = COMPONENTS + 1;
  return (user) => {
    const vector = users.subarray(user * width, (user + 1) * width);
    return Float32Array.from({ length: items.length / width }, (_, item) => score(vector, items, item * width));
  };
}

function shown(all: Scores[]): Record<keyof Scores, string> {
  const names = Object.keys(all[0]) as (keyof Scores)[];
  const format = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return values.length > 1 ? `${mean.toFixed(4)} ± ${spread.toFixed(4)}` : mean.toFixed(4);
  };
  return Object.fromEntries(names.map((name) => [name, format(all.map((scores) => scores[name]))])) as Record<keyof Scores, string>; // prettier-ignore
}
