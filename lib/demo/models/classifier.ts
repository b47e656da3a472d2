import type * as tf from "@tensorflow/tfjs";
import { classNames } from "../../data/classNames";
import type { ImageSet } from "../../data/imageSet";
import { newPredictor } from "../../vision/predict";
import type { Classifier } from "../services";

/** Pictures that are offered to be tried, of each class. */
const EXAMPLES_A_CLASS = 2;
/** Pictures of one call of the network; larger calls are made in parts. */
const BATCH_SIZE = 64;

/**
 * A classifier out of a network, which must not be changed afterwards, nor may the backend.
 *
 * @param pictures - where the examples come from: the first of each class
 */
export function buildClassifier(network: tf.LayersModel, pictures: ImageSet): Classifier {
  const size = pictures.width * pictures.height;
  const ofClass = classNames.map((_, label) =>
    [...pictures.labels.keys()].filter((place) => pictures.labels[place] === label).slice(0, EXAMPLES_A_CLASS),
  );
  const turns = Array.from({ length: EXAMPLES_A_CLASS }, (_, turn) => ofClass.map((places) => places[turn]));
  const examples = turns.flat().filter((place) => place !== undefined);
  return {
    names: [...classNames],
    examples: examples.map((place) => ({
      pixels: pictures.images.slice(place * size, (place + 1) * size),
      label: pictures.labels[place],
    })),
    classify: newPredictor(network, { batchSize: BATCH_SIZE }).predict,
  };
}
