import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { scoredSweep } from "../../lib/sweep/scoredSweep";
import { toCSV } from "../../lib/sweep/toCSV";
import { newFolder, rowsOf, writeReport } from "./samples";

const { folder, remove } = newFolder();
after(remove);
const rows = rowsOf(5);
const sweep = { name: "s", notebook: "n.ipynb", varied: ["seed"], rows };
const folderOf = ({ id }: { id: string }) => join(folder, id);
const ok = { status: "ok", seconds: 2 } as const;
writeReport(folderOf(rows[0]), { ...ok, metrics: { kind: "a,b", score: 1, loss: 3 } });
writeReport(folderOf(rows[1]), { ...ok, metrics: { score: 3, loss: 1 } });
writeReport(folderOf(rows[2]), { ...ok, metrics: { loss: 2 } });
writeReport(folderOf(rows[3]), { status: "failed", seconds: 1, metrics: { score: 9 }, error: "Error: x" });

const order = (options = {}) => scoredSweep(sweep, folderOf, options).ranked.map(({ row }) => row.id);

test("scoredSweep() ranks the rows that ended well by the first number, or the metric asked for", () => {
  assert.equal(scoredSweep(sweep, folderOf).metric, "score");
  assert.deepEqual(order(), ["row-2", "row-1"]);
  assert.deepEqual(order({ metric: "loss", isLeastBest: true }), ["row-2", "row-3", "row-1"]);
  const own = scoredSweep({ ...sweep, metric: "loss", isLeastBest: true }, folderOf);
  assert.deepEqual([own.metric, own.ranked[0].score], ["loss", 1]);
});

test("scoredSweep() says which numbers there are where one is missing", () => {
  const refused = (wanted: object, message: string) =>
    assert.throws(() => scoredSweep(sweep, folderOf, wanted), { name: "RangeError", message });
  refused({ metric: "kind" }, 'The sweep s has no number "kind"; there are score, loss');
  const none = { ...sweep, rows: rows.slice(4) };
  assert.throws(() => scoredSweep(none, folderOf), {
    message:
      "The sweep s has no number to rank its rows by; none of its rows has recorded a number yet; use record(name, value)",
  });
});

test("toCSV() has a line for each row, also one that is left", () => {
  assert.deepEqual(toCSV(scoredSweep(sweep, folderOf)).split("\r\n"), [
    "row,status,seed,kind,score,loss,seconds",
    'row-1,ok,1,"a,b",1,3,2',
    "row-2,ok,2,,3,1,2",
    "row-3,ok,3,,,2,2",
    "row-4,failed,4,,9,,1",
    "row-5,left,5,,,,",
    "",
  ]);
});
