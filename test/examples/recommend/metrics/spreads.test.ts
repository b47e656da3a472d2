import { spreads, spreadTable } from "../../../../lib/recommend/metrics/spreads";
import { example } from "../../example";

example(spreads, () => {
  // The same model, trained three times with other seeds.
  const runs = [0.6, 0.7, 0.8].map((AUC) => ({ model: "WARP", scores: { AUC } }));
  const [{ mean, deviation, low, high }] = spreads(runs);
  console.log(mean.toFixed(2), deviation.toFixed(2), low, high); // 0.70 0.10 0.6 0.8
});

example(spreadTable, () => {
  const runs = [
    { model: "WARP", scores: { AUC: 0.7, "hit rate": 0.4 } },
    { model: "WARP", scores: { AUC: 0.9, "hit rate": 0.4 } },
    { model: "BPR", scores: { AUC: 0.5, "hit rate": 0.2 } },
  ];
  const [warp, bpr] = spreadTable(spreads(runs), 2);
  console.log(warp); // { model: 'WARP', AUC: '0.80 ± 0.14', 'hit rate': '0.40 ± 0.00' }
  console.log(bpr); // { model: 'BPR', AUC: '0.50 ± 0.00', 'hit rate': '0.20 ± 0.00' }
});
