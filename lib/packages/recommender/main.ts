// The package's entry: all that a program needs from data to recommendations. lib/recommend has the rest.

// data
export { buildCoo, takeEntries, type Coo } from "../../recommend/coo";
export { buildCsr, findEntry, identityCsr, type Csr } from "../../recommend/csr";
export * from "../../recommend/dataset";
export { csrFromDense } from "../../recommend/denseCsr";
export * from "../../recommend/features";
export { toInteractionBlocks } from "../../recommend/interactionBlocks";
export { openInteractionFile, type InteractionFile } from "../../recommend/interactionFile";
export { buildInteractions, streamInteractions } from "../../recommend/interactions";
export { stackColumns, union } from "../../recommend/joinCsr";
export { rowToCsr, type SparseRow } from "../../recommend/sparseRow";
export { writeInteractionFile } from "../../recommend/writeInteractionFile";

// splits
export { splitInteractions } from "../../recommend/splitInteractions";
export { splitByTime } from "../../recommend/splits/splitByTime";
export { splitByUser } from "../../recommend/splits/splitByUser";
export { splitColdItems } from "../../recommend/splits/splitColdItems";
export { splitLastOut } from "../../recommend/splits/splitLastOut";

// model
export { fit, fitPartial } from "../../recommend/fit";
export {
  buildRecommender,
  learnedBy,
  type Learned,
  type Recommender,
  type RecommenderOptions,
} from "../../recommend/model";
export { modelFromBytes, modelToBytes, type SavedModel } from "../../recommend/modelBytes";
export { loadModel, saveModel } from "../../recommend/saveModel";
export { defaultSettings, type Loss, type Settings } from "../../recommend/settings";
export { Interrupted } from "../../interrupt/interrupted";

// scores and recommendations
export { coldItem, coldUser } from "../../recommend/coldStart";
export { explainScore, explainScoreFor } from "../../recommend/explain";
export { exportVectors } from "../../recommend/exportVectors";
export { foldInUser } from "../../recommend/foldInUser";
export { popularityScorer } from "../../recommend/popularity";
export { predict, predictPairs, toScorer } from "../../recommend/predict";
export { predictRank } from "../../recommend/predictRank";
export { recommend, recommendBatch, recommendFor, recommendForAll } from "../../recommend/recommend";
export { recommendUsers } from "../../recommend/recommendUsers";
export { itemRepresentations, userRepresentations } from "../../recommend/representations";
export { similarItems, similarUsers } from "../../recommend/similar";
export { topItems } from "../../recommend/topItems";

// metrics
export { auc, evaluate, precisionAtK, recallAtK, reciprocalRank } from "../../recommend/metrics";
export { averagePrecisionAtK } from "../../recommend/metrics/averagePrecision";
export { measureCatalogue } from "../../recommend/metrics/catalogue";
export { hitRateAtK } from "../../recommend/metrics/hitRate";
export { measureAll } from "../../recommend/metrics/measureAll";
export { ndcgAtK } from "../../recommend/metrics/ndcg";
export { scorecard } from "../../recommend/metrics/scorecard";
export { spreads, spreadTable } from "../../recommend/metrics/spreads";

// randomness
export { numpyRandom, seededRandom, type Random } from "../../random";
