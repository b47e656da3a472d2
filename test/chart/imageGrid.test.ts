import assert from "node:assert/strict";
import { test } from "node:test";
import { imageGrid } from "../../lib/chart/imageGrid";
import { imageRow } from "../../lib/chart/imageRow";
import { recommendationRow } from "../../lib/chart/recommendationRow";
import { BLUE, RED } from "../../lib/chart/theme";
import { names, small, smallImages } from "./samples";

const captions = (figure: ReturnType<typeof imageGrid>) => figure.layout.annotations?.map(({ text }) => text);

test("imageGrid() captions images with class number and name", () => {
  assert.deepEqual(captions(imageGrid(smallImages(2), { ...small, names, actual: [2, 0] })), [
    "2 Ankle boot",
    "0 T-shirt/top",
  ]);
  assert.deepEqual(captions(imageGrid(smallImages(1), { ...small, predicted: [9] })), ["9"]);
});

test("imageGrid() writes right predictions blue and wrong ones red with the truth", () => {
  const figure = imageGrid(smallImages(2), { ...small, names, predicted: [1, 1], actual: [1, 2] });
  assert.deepEqual(captions(figure), [
    `<span style="color:${BLUE}"><b>1 Trouser</b></span>`,
    `<span style="color:${RED}"><b>1 Trouser</b></span><br>(true: Ankle boot)`,
  ]);
});

test("imageGrid() tells class, confidence and truth on hovering", () => {
  const options = { ...small, names, predicted: [1], actual: [2], confidence: [0.523] };
  const [hover] = imageGrid(smallImages(1), options).data;
  assert.deepEqual(hover.hovertext, ["image 0<br>predicted 1 Trouser 52 %<br>true 2 Ankle boot"]);
});

test("imageGrid() draws floats and bytes of the same picture alike", () => {
  const bytes = Uint8Array.of(0, 51, 102, 255);
  const floats = Float32Array.from(bytes, (byte) => byte / 255);
  const source = (pixels: Uint8Array | Float32Array) => imageGrid(pixels, small).layout.images?.[0].source;
  assert.equal(source(floats), source(bytes));
  assert.equal(source(Float32Array.from(bytes)), source(bytes));
});

test("imageGrid() puts images in rows of the columns asked for", () => {
  const { layout } = imageGrid(smallImages(5), { ...small, columns: 2 });
  assert.deepEqual(
    layout.images?.map(({ x }) => x),
    [0.5, 1.5, 0.5, 1.5, 0.5],
  );
  assert.equal(new Set(layout.images?.map(({ y }) => y)).size, 3);
});

test("imageGrid() escapes names, which Plotly would read as tags", () => {
  const figure = imageGrid(smallImages(1), { ...small, actual: [0], names: ["<b>&"] });
  assert.deepEqual(captions(figure), ["0 &lt;b&gt;&amp;"]);
});

test("imageGrid() refuses pixels that are not whole images", () => {
  const message = "image figure: 785 pixels are not whole images of 28 x 28; give n * 784 pixels";
  assert.throws(() => imageGrid(new Uint8Array(785)), { name: "TypeError", message });
});

test("imageGrid() refuses lists shorter than the images and classes without a name", () => {
  assert.throws(() => imageGrid(smallImages(2), { ...small, predicted: [1] }), {
    name: "RangeError",
    message: "imageGrid(): 1 predicted for 2 images; give one for each image",
  });
  assert.throws(() => imageGrid(smallImages(1), { ...small, names, predicted: [3] }), {
    name: "RangeError",
    message: "imageGrid(): class 3 has no name among 3; give a name for each class",
  });
  const wrong = { ...small, names, predicted: [0], actual: [4] };
  assert.throws(() => imageGrid(smallImages(1), wrong), /^RangeError: imageGrid\(\): class 4 has no name among 3/);
});

test("imageRow() keeps all images in one row", () => {
  const { layout } = imageRow(smallImages(7), small);
  assert.deepEqual(
    layout.images?.map(({ x }) => x),
    [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5],
  );
});

test("recommendationRow() names the places, Place 1, Place 2 …, unless told otherwise", () => {
  assert.deepEqual(captions(recommendationRow(smallImages(2), small)), ["Place 1", "Place 2"]);
  const named = recommendationRow(smallImages(1), { ...small, titles: ["Boot"], scores: [1.234] });
  assert.deepEqual(captions(named), ["<b>Boot</b><br>score 1.23"]);
  assert.throws(() => recommendationRow(smallImages(2), { ...small, scores: [1] }), {
    name: "RangeError",
    message: "recommendationRow(): 1 scores for 2 images; give one for each image",
  });
});
