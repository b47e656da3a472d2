import type { Cell } from "../../runner/notebook";

/** A notebook of a new project: its name, and its cells in order, prose as a text and code as lines. */
export interface Template {
  name: string;
  cells: (string | { code: string[]; tags?: string[] })[];
}

/** Trains a net on a table of one's own. */
const table: Template = {
  name: "table",
  cells: [
    "# Learn from a table\n\nThis notebook trains a network on a CSV file and shows what it gets right. The file in this project has 240 flowers. To use your own file, put it in `data/` and change the parameters below.",
    {
      tags: ["parameters"],
      code: [
        'const file: string = "data/flowers.csv"; // .csv, .json, or a JSON record on each line',
        'const target: string = "species"; // the column to predict; its values are words',
        "const epochs: number = 30; // passes over the rows, 1 to 10000",
        "const seed: number = 42; // for the split and the initial weights, 0 to 4294967295",
      ],
    },
    "The imports: `./lib` is the kernel's library. Packages that you install in this folder are used before the kernel's own.",
    {
      code: [
        'import * as tf from "@tensorflow/tfjs";',
        'import { useBackend } from "./lib/compute/useBackend";',
        'import { loadTable } from "./lib/data/own/loadTable";',
        'import { splitSet } from "./lib/data/own/ownSet";',
        'import { standardize } from "./lib/data/own/standardize";',
        "const backend = await useBackend();",
      ],
    },
    '## The data\n\nA column of numbers becomes one input. A column of words becomes one input for each word. Rows with missing values cause an error that names their place; `missing: "drop"` leaves them out.',
    { code: ["const set = loadTable(file, { target: target });", "set.table"] },
    "A fifth of the rows is kept for the test. All inputs are scaled by the mean and the spread of the other rows.",
    {
      code: [
        "const parts = splitSet(set, { seed: seed });",
        "const [train, test] = standardize(parts.train, parts.test);",
        "const names = set.classNames ?? [];",
        "const inputs = set.featureNames.length;",
        "console.log(`${train.y.length} rows to learn from, ${test.y.length} to test on, ${inputs} inputs`);",
      ],
    },
    "## The network",
    {
      code: [
        "const kernelInitializer = tf.initializers.glorotUniform({ seed: seed });",
        "const model = tf.sequential();",
        'const hidden = { units: 32, activation: "relu" as const, kernelInitializer: kernelInitializer };',
        'const answer = { ...hidden, units: names.length, activation: "softmax" as const };',
        "model.add(tf.layers.dense({ ...hidden, inputShape: [inputs] }));",
        "model.add(tf.layers.dense(answer));",
        'const goal = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] };',
        "model.compile({ ...goal, optimizer: tf.train.adam(0.01) });",
      ],
    },
    "## Training",
    {
      code: [
        'import { liveCallback } from "./lib/notebook/liveCallback";',
        "const x = tf.tensor2d(train.x, [train.shape[0], train.shape[1]]);",
        "const y = tf.tensor1d(Float32Array.from(train.y));",
        'const callbacks = liveCallback({ label: "Training" });',
        "const history = await model.fit(x, y, { epochs: epochs, callbacks: callbacks });",
      ],
    },
    "## The test\n\nThe test uses the rows that the network has not seen. Right answers are blue, wrong ones are red.",
    {
      code: [
        'import { confusionMatrix } from "./lib/chart/confusionMatrix";',
        'import { countConfusion } from "./lib/data/countConfusion";',
        'import { record } from "./lib/notebook/record";',
        'import { show } from "./lib/notebook/show";',
        "const answers = model.predict(tf.tensor2d(test.x, [test.shape[0], test.shape[1]])) as tf.Tensor;",
        "const predicted = answers.argMax(-1).dataSync();",
        "const { matrix, accuracy } = countConfusion(test.y, predicted, names.length);",
        'record("testAccuracy", accuracy);',
        "show(confusionMatrix(matrix, names));",
      ],
    },
  ],
};

/** Trains a net on a folder of pictures of one's own. */
const pictures: Template = {
  name: "pictures",
  cells: [
    "# Learn from pictures\n\nThis notebook trains a small convolutional network on a folder of pictures. The folder contains one folder for each class, with the name of the class. To use your own pictures, put such a folder in `data/` and change the parameters below.",
    {
      tags: ["parameters"],
      code: [
        'const folder: string = "data/shapes"; // contains one folder for each class',
        "const size: number = 32; // width and height in pixels, 12 to 512; pictures are stretched to it",
        "const epochs: number = 20; // passes over the pictures, 1 to 10000",
        "const seed: number = 42; // for the split and the initial weights, 0 to 4294967295",
      ],
    },
    "The imports: `./lib` is the kernel's library. Packages that you install in this folder are used before the kernel's own.",
    {
      code: [
        'import * as tf from "@tensorflow/tfjs";',
        'import { useBackend } from "./lib/compute/useBackend";',
        'import { loadImageFolder } from "./lib/data/own/loadImageFolder";',
        'import { splitSet } from "./lib/data/own/ownSet";',
        'import { imageGrid } from "./lib/chart/imageGrid";',
        'import { show } from "./lib/notebook/show";',
        "const backend = await useBackend();",
      ],
    },
    "## The pictures",
    {
      code: [
        "const set = await loadImageFolder(folder, { size: size, channels: 1 });",
        "const { train, test } = splitSet(set, { seed: seed });",
        'const classes = set.classNames.join(", ");',
        "console.log(`${train.y.length} pictures to learn from, ${test.y.length} to test on: ${classes}`);",
        "const look = { width: size, height: size, actual: train.y, names: set.classNames };",
        'show(imageGrid(train.x.slice(0, 10 * size * size), { ...look, title: "The first ten" }));',
      ],
    },
    "## The network",
    {
      code: [
        "const kernelInitializer = tf.initializers.heUniform({ seed: seed });",
        'const convolution = { kernelSize: 3, activation: "relu" as const, kernelInitializer: kernelInitializer };',
        "const model = tf.sequential();",
        "model.add(tf.layers.conv2d({ ...convolution, filters: 16, inputShape: [size, size, 1] }));",
        "model.add(tf.layers.maxPooling2d({ poolSize: 2 }));",
        "model.add(tf.layers.conv2d({ ...convolution, filters: 32 }));",
        "model.add(tf.layers.maxPooling2d({ poolSize: 2 }));",
        "model.add(tf.layers.flatten());",
        'model.add(tf.layers.dense({ units: set.classNames.length, activation: "softmax" }));',
        'const goal = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] };',
        "model.compile({ ...goal, optimizer: tf.train.adam(0.003) });",
      ],
    },
    "## Training",
    {
      code: [
        'import { liveCallback } from "./lib/notebook/liveCallback";',
        "const toTensor = (x: Uint8Array) =>",
        "  tf.tensor4d(Float32Array.from(x, (level) => level / 255), [x.length / size ** 2, size, size, 1]);",
        "const y = tf.tensor1d(Float32Array.from(train.y));",
        'const callbacks = liveCallback({ label: "Training" });',
        "const history = await model.fit(toTensor(train.x), y, { epochs: epochs, callbacks: callbacks });",
      ],
    },
    "## The test\n\nThe test uses the pictures that the network has not seen. Right answers are blue, wrong ones are red.",
    {
      code: [
        'import { confusionMatrix } from "./lib/chart/confusionMatrix";',
        'import { countConfusion } from "./lib/data/countConfusion";',
        'import { record } from "./lib/notebook/record";',
        "const answers = model.predict(toTensor(test.x)) as tf.Tensor;",
        "const predicted = answers.argMax(-1).dataSync();",
        "const { matrix, accuracy } = countConfusion(test.y, predicted, set.classNames.length);",
        'record("testAccuracy", accuracy);',
        "show(confusionMatrix(matrix, set.classNames));",
      ],
    },
  ],
};

/** The notebooks of a new project. */
export const templates = [table, pictures];

/** A template's cells as they stand in a notebook. */
export function cellsOf({ name, cells }: Template): Cell[] {
  return cells.map((cell, place) => {
    const id = `${name}-${place + 1}`;
    if (typeof cell === "string")
      return { cell_type: "markdown", id, source: cell, metadata: {}, outputs: [], execution_count: null };
    const metadata = cell.tags ? { tags: cell.tags } : {};
    return { cell_type: "code", id, source: cell.code.join("\n"), metadata, outputs: [], execution_count: null };
  });
}
