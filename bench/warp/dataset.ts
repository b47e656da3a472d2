import { integer, seededRandom } from "../../lib/random";
import { buildDataset } from "../../lib/recommend/dataset";
import { streamInteractions } from "../../lib/recommend/interactions";

const ROWS = 10_000_000;
const USERS = 500_000;
const ITEMS = 50_000;
/** Rows between two looks at the process's memory. */
const LOOK = 100_000;

/** Streams ten million made-up rows into a data set, and prints how long it took and how much memory. */
export async function measureDataset(): Promise<void> {
  const random = seededRandom(1);
  const before = process.memoryUsage().rss;
  let peak = before;
  async function* rows() {
    for (let row = 0; row < ROWS; row++) {
      if (row % LOOK === 0) peak = Math.max(peak, process.memoryUsage().rss);
      yield [`user ${integer(random, 0, USERS)}`, integer(random, 0, ITEMS)] as const;
    }
  }
  const started = performance.now();
  const { interactions } = await streamInteractions(buildDataset(), rows());
  const seconds = (performance.now() - started) / 1000;
  peak = Math.max(peak, process.memoryUsage().rss);
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  const { values, rows: users, columns: items } = interactions;
  console.log(`${values.length} rows of ${users} users and ${items} items in ${seconds.toFixed(1)} s`);
  console.log(`${megabytes(values.byteLength * 4)} MB of arrays; the process took ${megabytes(peak)} MB at most, ${megabytes(before)} MB before`); // prettier-ignore
}
