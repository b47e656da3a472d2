import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { table } from "arquero";
import { encodePNG } from "../../lib/chart/png";
import { probabilityBars } from "../../lib/chart/probabilityBars";
import { toSVG } from "../../lib/chart/toSVG";
import { lineText, richBundle } from "../../lib/notebook/richBundle";
import { elementsOf } from "../chart/samples";

const textOf = (value: unknown) => String(richBundle(value)?.["text/plain"]).split("\n");
const htmlOf = (value: unknown) => String(richBundle(value)?.["text/html"]);
const RESOURCE = "application/vnd.dataresource+json";

test("richBundle() shows an arquero table as HTML, text and a data resource", () => {
  const { [RESOURCE]: resource, ...rest } = richBundle(
    table({ label: Uint8Array.of(9, 0), share: [0.5, NaN], name: ["boot", null], sold: [new Date(0), null] }),
  ) as Record<string, unknown>;
  assert.deepEqual(Object.keys(rest).sort(), ["text/html", "text/plain"]);
  assert.deepEqual(resource, {
    schema: {
      fields: [
        { name: "label", type: "integer" },
        { name: "share", type: "number" },
        { name: "name", type: "string" },
        { name: "sold", type: "datetime" },
      ],
    },
    data: [
      { label: 9, share: 0.5, name: "boot", sold: "1970-01-01T00:00:00.000Z" },
      { label: 0, share: null, name: null, sold: null },
    ],
  });
});

test("richBundle() puts fifty rows and columns of a table into its data resource at most", () => {
  const wide = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, new BigInt64Array(70)]));
  const { schema, data } = richBundle(table(wide))![RESOURCE] as { schema: { fields: object[] }; data: object[] };
  assert.deepEqual([schema.fields.length, data.length, Object.keys(data[0]).length], [50, 50, 50]);
  assert.doesNotThrow(() => JSON.stringify(data));
});

test("richBundle() keeps a table's data resource small, whatever its cells hold", () => {
  const circle: Record<string, unknown> = Object.create(null);
  circle.again = circle;
  const cells = [new Float32Array(1e6), new Array(1e6).fill(0), Float32Array.of(1, NaN), [1, "a"], "x".repeat(1e6), { text: "x".repeat(1e6) }, circle]; // prettier-ignore
  const { data } = richBundle(table({ cells }))![RESOURCE] as { data: { cells: unknown }[] };
  const [large, list, small, mixed, text, object, round] = data.map((row) => row.cells);
  assert.deepEqual([large, list, small, mixed], ["[1000000 values]", "[1000000 values]", [1, null], [1, "a"]]);
  assert.deepEqual([text, object].map((cut) => String(cut).length), [5001, 5001]); // prettier-ignore
  assert.match(String(round), /Circular/);
});

test("richBundle() shows a tensor's type, shape, first and last values, least, mean and greatest", () => {
  assert.deepEqual(textOf(tf.tensor([[1, 2.5], [3, 4]])), [
    "Tensor float32 [2, 2], 4 values",
    "1  2.5",
    "3    4",
    "min 1, mean 2.625, max 4",
  ]); // prettier-ignore
  assert.deepEqual(textOf(tf.range(0, 100, 1, "int32")).slice(1), [
    "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …, 97, 98, 99]",
    "min 0, mean 49.5, max 99",
  ]);
  assert.deepEqual(textOf(tf.range(0, 100).reshape([10, 10])).slice(1, -1), [
    " 0   1   2  …   7   8   9",
    "10  11  12  …  17  18  19",
    "20  21  22  …  27  28  29",
    " …   …   …  …   …   …   …",
    "70  71  72  …  77  78  79",
    "80  81  82  …  87  88  89",
    "90  91  92  …  97  98  99",
  ]);
  assert.deepEqual(textOf(tf.scalar(7)), ["Tensor float32 []", "7"]);
  assert.deepEqual(textOf(tf.tensor(["a", "b"])), ["Tensor string [2], 2 values", '["a", "b"]']);
  assert.deepEqual(textOf(tf.complex([1, 2], [3, 4])).slice(1), ["real and imaginary parts in turns [1, 3, 2, 4]"]);
  assert.deepEqual(textOf(tf.zeros([0, 3])), ["Tensor float32 [0, 3]", "[]"]);
  elementsOf(htmlOf(tf.range(0, 100)));
});

test("richBundle() draws tensors that have the shape and the levels of pictures", () => {
  const pictures = (tensor: tf.Tensor) => htmlOf(tensor).match(/data:image\/png/g)?.length ?? 0;
  assert.equal(pictures(tf.zeros([28, 28])), 1);
  assert.equal(pictures(tf.fill([5, 28, 28, 1], 255)), 5);
  assert.equal(pictures(tf.ones([100, 28, 28, 3])), 8);
  assert.equal(pictures(tf.ones([16, 20, 3])), 1);
  assert.equal(pictures(tf.ones([3, 512, 512, 3])), 1); // large ones fill a notebook
  assert.equal(pictures(tf.ones([16, 20, 4])), 0);
  assert.equal(pictures(tf.fill([28, 28], -1)), 0);
  assert.equal(pictures(tf.fill([28, 28], 256)), 0);
  assert.equal(pictures(tf.ones([4, 4])), 0);
});

test("richBundle() shows a tensor without its values where these cannot be had, and leaves no tensor behind", () => {
  const gone = tf.ones([3]);
  gone.dispose();
  assert.deepEqual(textOf(gone), ["Tensor float32 [3], 3 values", "its memory was disposed of"]);
  const slow = { dtype: "float32", shape: [2], size: 2, isDisposed: false, dispose() {} };
  const dataSync = () => {
    throw new Error("give it time");
  };
  assert.deepEqual(textOf({ ...slow, dataSync }).slice(1), ["its values cannot be read here: give it time"]);
  const large = tf.ones([5000, 4000]);
  const before = tf.memory().numTensors;
  assert.match(textOf(large)[1], /^first values \[1, 1, .*\]$/);
  assert.equal(tf.memory().numTensors, before);
  large.dispose();
});

test("richBundle() shows typed arrays of every kind", () => {
  assert.deepEqual(textOf(Float32Array.of(0.5, NaN, -Infinity, 2)), [
    "Float32Array, 4 values",
    "[0.5, NaN, -Infinity, 2]",
    "min 0.5, mean 1.25, max 2, 2 not finite",
  ]);
  assert.deepEqual(textOf(BigInt64Array.of(1n, -3n)).slice(1), ["[1, -3]", "min -3, mean -1, max 1"]);
  assert.deepEqual(textOf(Buffer.from("ab")), ["Buffer, 2 values", "[97, 98]", "min 97, mean 97.5, max 98"]);
  assert.deepEqual(textOf(new Uint8Array(0)), ["Uint8Array, 0 values", "[]"]);
  assert.deepEqual(textOf(Int8Array.of(-5)), ["Int8Array, 1 value", "[-5]"]);
  assert.match(htmlOf(new Uint8Array(784).fill(9)), /alt="Picture 0 of 28 x 28"/);
  assert.match(htmlOf(Float32Array.of(1, 2)), /alt="Histogram from 1 to 2"/);
});

test("richBundle() shows files of pictures as pictures", () => {
  const png = encodePNG(new Uint8Array(4), 2);
  assert.deepEqual(richBundle(png), {
    "image/png": png.toString("base64"),
    "text/plain": `PNG picture, ${png.length} bytes`,
  });
  assert.equal(richBundle(Uint8Array.of(255, 216, 255, 1))?.["image/jpeg"], "/9j/AQ==");
  assert.match(
    htmlOf(Buffer.from("RIFF\0\0\0\0WEBP", "latin1")),
    /^<img alt="WebP picture, 12 bytes" src="data:image\/webp;/,
  );
  const svg = toSVG(probabilityBars([1], ["Coat"]));
  assert.deepEqual(richBundle(svg), {
    "image/svg+xml": svg,
    "text/plain": `SVG picture, ${svg.length.toLocaleString("en")} characters`,
  });
  for (const text of ["<svg", "see <svg></svg>", "text"]) assert.equal(richBundle(text), undefined);
});

test("richBundle() shows pictures with their labels", () => {
  const set = { images: new Uint8Array(3 * 6), labels: Uint8Array.of(1, 2, 3), count: 3, width: 3, height: 2 };
  assert.equal(textOf(set)[0], "3 pictures of 3 x 2");
  assert.equal(textOf({ images: new Float32Array(784), labels: Uint8Array.of(1) })[0], "1 pictures of 28 x 28");
  assert.equal(richBundle({ images: new Uint8Array(5), labels: Uint8Array.of(1) }), undefined);
  assert.equal(textOf({ images: new Uint8Array(0), labels: new Uint8Array(0) })[0], "0 pictures of 28 x 28");
});

test("richBundle() shows figures, also such as we do not make", () => {
  const bars = probabilityBars([1], ["Coat"]);
  assert.deepEqual(Object.keys(richBundle({ ...bars }) ?? {}).length, 4);
  const pie = { data: [{ type: "pie", values: [1, 2] }], layout: { title: "Sales" } };
  const bundle = richBundle(pie);
  assert.deepEqual(bundle?.["application/vnd.plotly.v1+json"], { ...pie, config: {} });
  assert.deepEqual([bundle?.["image/svg+xml"], bundle?.["text/plain"]], [undefined, "Sales"]);
  const lacking = {
    data: [{ type: "scatter", y: [1], name: 5 }],
    layout: { height: 9, margin: {}, font: {}, title: null },
  };
  assert.deepEqual(Object.keys(richBundle(lacking) ?? {}), ["application/vnd.plotly.v1+json", "text/html", "text/plain"]); // prettier-ignore
  assert.deepEqual(textOf(lacking), ["Figure (5)"]);
  assert.deepEqual(textOf({ data: [], layout: { title: { text: 7 } } }), ["7"]);
});

test("richBundle() gives the typed arrays of a figure as lists, which JSON knows", () => {
  const data = [{ x: Float64Array.of(0.5, NaN), y: BigInt64Array.of(2n, 3n) }];
  const bundle = richBundle({ data, layout: {} });
  const given = bundle?.["application/vnd.plotly.v1+json"] as { data: unknown };
  assert.deepEqual(given.data, [{ x: [0.5, null], y: [2, 3] }]);
  assert.match(String(bundle?.["text/html"]), /"x":\[0\.5,null\]/);
});

test("richBundle() runs no getter of a value", () => {
  const fail = () => assert.fail("asked");
  const names = ["data", "layout", "images", "labels", "width", "height"];
  const shy = Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, { get: fail }])));
  assert.equal(richBundle(shy), undefined);
});

test("richBundle() leaves all else to Node's own text", () => {
  const values = [1, "a", null, undefined, 1n, {}, [], [1], new Map(), new Date(), new Error("e"), Promise.resolve(1)];
  for (const value of [...values, new DataView(new ArrayBuffer(1)), { data: 1, layout: {} }, () => 1])
    assert.equal(richBundle(value), undefined);
});

test("richBundle() lists a model's layers, with the shapes they give and the numbers they hold", () => {
  const dense = tf.layers.dense({ units: 2, inputShape: [3], name: "two" });
  const model = tf.sequential({ name: "<net>", layers: [dense, tf.layers.batchNormalization({ name: "norm" })] });
  assert.deepEqual(textOf(model), [
    "layer  kind                output shape  parameters",
    "two    Dense               [?, 2]                 8",
    "norm   BatchNormalization  [?, 2]                 8",
    "Sequential <net>, 2 layers, 16 parameters, 12 of them learn",
  ]);
  assert.match(htmlOf(model), /<small>Sequential &#60;net&#62;, 2 layers/);
  dense.trainable = false;
  assert.match(textOf(model).at(-1)!, /16 parameters, 4 of them learn$/);
  const input = tf.input({ shape: [4] });
  const ends = [1, 2].map((units) => tf.layers.dense({ units }).apply(input) as tf.SymbolicTensor);
  assert.match(textOf(tf.model({ name: "forked", inputs: input, outputs: ends })).at(-1)!, /^Model forked, 3 layers, 15 parameters$/); // prettier-ignore
  assert.match(textOf(tf.sequential({ name: "empty" })).at(-1)!, /^Sequential empty, 0 layers/);
});

test("lineText() tells a library's value in a line", () => {
  const gone = tf.ones([2]);
  gone.dispose();
  const dense = tf.layers.dense({ units: 2, inputShape: [3], name: "two" });
  const net = tf.sequential({ name: "net", layers: [dense] });
  const lines: [object, string | undefined][] = [
    [tf.scalar(1.5), "Tensor float32 [] 1.5"],
    [tf.variable(tf.tensor2d([[1, 2], [3, 4]], undefined, "int32")), "Tensor int32 [2, 2] [1, 2, 3, 4]"], // prettier-ignore
    [tf.zeros([2000]), "Tensor float32 [2000]"],
    [gone, "Tensor float32 [2], disposed of"],
    [table({ a: [1], b: ["x"] }), "Table, 1 row: a, b"],
    [net, "Sequential net, 1 layer, 8 parameters"],
    [dense, "Dense two, output [?, 2], 8 parameters"],
    [tf.layers.dense({ units: 1, name: "new" }), "Dense new, not built"],
    [tf.input({ shape: [4], name: "in" }), "SymbolicTensor in float32 [?, 4]"],
    [{ shape: [1] }, undefined],
  ];
  assert.deepEqual(
    lines.map(([value]) => lineText(value)),
    lines.map(([, text]) => text),
  );
});
