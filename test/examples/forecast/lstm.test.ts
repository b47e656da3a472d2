import { buildLstm } from "../../../lib/forecast/lstm";
import { example } from "../example";

example(buildLstm, () => {
  // Looks back on four rows of sales and mentions.
  const model = buildLstm({ steps: 4, columns: 2, units: 8 });
  console.log(model.inputs[0].shape, model.outputs[0].shape); // [ null, 4, 2 ] [ null, 2 ]
  console.log(model.countParams()); // 370
});
