/** What a model scored in one run. */
export interface Run {
  model: string;
  scores: Readonly<Record<string, number>>;
}

/** One metric of one model over several runs. */
export interface Spread {
  model: string;
  metric: string;
  mean: number;
  /** The standard deviation from run to run, n - 1 in its denominator; 0 for a single run. */
  deviation: number;
  low: number;
  high: number;
}

/** Every model's every metric over its runs, in the order in which they first come. A score is one draw. */
export function spreads(runs: readonly Run[]): Spread[] {
  const models = [...new Set(runs.map(({ model }) => model))];
  const metrics = [...new Set(runs.flatMap(({ scores }) => Object.keys(scores)))];
  return models.flatMap((model) =>
    metrics.flatMap((metric) => {
      const values = runs.flatMap((run) => (run.model === model && metric in run.scores ? [run.scores[metric]] : []));
      return values.length ? [{ model, metric, ...spreadOf(values) }] : [];
    }),
  );
}

/** One line for each model, and in each metric's column its mean and standard deviation as a text, of 3 digits by default. */
export function spreadTable(rows: readonly Spread[], digits = 3): Record<string, string>[] {
  const models = [...new Set(rows.map(({ model }) => model))];
  const text = ({ mean, deviation }: Spread) => `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
  return models.map((model) => {
    const own = rows.filter((row) => row.model === model);
    return { model, ...Object.fromEntries(own.map((row) => [row.metric, text(row)])) };
  });
}

function spreadOf(values: number[]): Omit<Spread, "model" | "metric"> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  return { mean, deviation, low: Math.min(...values), high: Math.max(...values) };
}
