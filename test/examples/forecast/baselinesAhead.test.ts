import { asLastWeek, asLastYear, asMeanWeek } from "../../../lib/forecast/baselinesAhead";
import { example } from "../example";

example(asLastYear, () => {
  // 60 weeks in which one piece more is sold each week.
  const known = Float64Array.from({ length: 60 }, (_, week) => 100 + week);
  console.log(asLastYear(known, 3)); // Float64Array(3) [ 108, 109, 110 ]
});

example(asLastWeek, () => {
  const known = Float64Array.of(80, 95, 90);
  console.log(asLastWeek(known, 3)); // Float64Array(3) [ 90, 90, 90 ]
});

example(asMeanWeek, () => {
  // A year in which 100 and 140 pieces are sold by turns.
  const known = Float64Array.from({ length: 52 }, (_, week) => (week % 2 === 0 ? 100 : 140));
  const forecast = asMeanWeek(known, 2);
  console.log(Array.from(forecast, (value) => value.toFixed(1))); // [ '120.0', '120.0' ]
});
