import { coverageSteps } from "../../../lib/chart/coverageSteps";
import { example } from "../example";

example(coverageSteps, () => {
  const steps = [
    { step: 1, coverage: 0.85, count: 64 },
    { step: 2, coverage: 0.7, count: 16 },
  ];
  const figure = coverageSteps(steps, { promised: 0.8 });
  console.log(figure.data.map(({ name }) => name)); // [ 'chance', 'promised', 'measured' ]
});
