import type { Classifier } from "../services";
import type { Limits } from "../web/limits";
import { Refused } from "../web/refused";
import { newBatcher } from "../work/batcher";
import { newQueue, type Queue, type Turn } from "../work/queue";
import { decodePhoto } from "./decodePhoto";
import { type FashionForm, FORM_EDGE, toFashionForm } from "./fashionForm";
import type { Photo } from "./photo";

/** What a classifier says of a picture. */
export interface Verdict {
  /** All classes, the likeliest first. */
  confidences: { label: string; confidence: number }[];
  /** What the network has seen, and how it came to be. */
  form: FashionForm;
}

/** A classifier of files, for many clients at a time. */
export interface PictureClassifier {
  /** Throws a Refused for what is no picture, or when there is too much to do. */
  classifyFile(bytes: Uint8Array, turn?: Turn): Promise<Verdict>;
  /** The same for one of the examples, by its number. Throws a Refused for an unknown one. */
  classifyExample(id: number, turn?: Turn): Promise<Verdict>;
  /** The same for a decoded photo, at once: for those who wait in the queue themselves. */
  classifyPhoto(photo: Photo): Promise<Verdict>;
  queue: Queue;
}

/** Pictures at a time; the pool of threads that decodes them has four threads. */
const RUNNING = 32;

/** Decodes pictures side by side and classifies those that are ready in one call of the model. */
export function newPictureClassifier(classifier: Classifier, limits: Limits): PictureClassifier {
  const queue = newQueue({ running: RUNNING, waiting: limits.waiting, time: limits.callTime });
  const classify = newBatcher(classifier.classify);

  const judge = async (form: FashionForm): Promise<Verdict> => {
    const image = new Float32Array(form.pixels);
    for (let i = 0; i < image.length; i++) image[i] /= 255;
    const probabilities = await classify(image);
    const confidences = classifier.names.map((label, place) => ({ label, confidence: probabilities[place] }));
    return { confidences: confidences.sort((a, b) => b.confidence - a.confidence), form };
  };

  const classifyPhoto = (photo: Photo) => judge(toFashionForm(photo));

  return {
    queue,
    classifyPhoto,
    classifyFile: (bytes, turn) =>
      queue.run(async (signal) => {
        const photo = await decodePhoto(bytes, { ...limits, longest: FORM_EDGE });
        signal.throwIfAborted();
        return classifyPhoto(photo);
      }, turn),
    classifyExample: (id, turn) => {
      const { examples } = classifier;
      const last = examples.length - 1;
      const example = examples[id];
      if (!example) throw new Refused(404, "unknown_example", `There is no example ${id}; they run from 0 to ${last}.`);
      return queue.run(() => judge({ pixels: example.pixels, steps: [] }), turn);
    },
  };
}
