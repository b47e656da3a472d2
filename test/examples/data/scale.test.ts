import { fitMinMax } from "../../../lib/data/scale";
import { example } from "../example";

example(fitMinMax, () => {
  // Two columns: sales from 100 to 300, mentions from 10 to 20.
  const scaler = fitMinMax([100, 10, 300, 20, 200, 15], 2);
  const scaled = scaler.transform([150, 15, 400, 20]);
  console.log(Array.from(scaled, (value) => value.toFixed(2))); // [ '0.25', '0.50', '1.50', '1.00' ]
  console.log(Array.from(scaler.inverse(scaled), Math.round)); // [ 150, 15, 400, 20 ]
});
