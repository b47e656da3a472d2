import type { Classifier } from "../services";
import type { Limits } from "../web/limits";
import { Refused } from "../web/refused";
import { newBatcher } from "../work/batcher";
import { newQueue, type Queue, type Turn } from "../work/queue";
import { decodePhoto } from "./decodePhoto";
import { type FashionForm, FORM_EDGE, toFashionForm } from "./fashionForm";

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
  /** The same as `classifyFile`, at once: for those who wait in the queue themselves. */
  judgeFile(bytes: Uint8Array, options?: JudgeOptions): Promise<Verdict>;
  queue: Queue;
}

/** What is heard of a picture while it is judged. */
export interface JudgeOptions {
  /** Once it is aborted the picture is not classified any more. */
  signal?: AbortSignal;
  onDecoded?: () => void;
}

/** Pictures at a time; the pool of threads that decodes them has four threads. */
export const PICTURES_AT_A_TIME = 32;

/** Decodes pictures side by side and classifies those that are ready in one call of the model. */
export function newPictureClassifier(classifier: Classifier, limits: Limits): PictureClassifier {
  const queue = newQueue({ running: PICTURES_AT_A_TIME, waiting: limits.waiting, time: limits.callTime });
  const classify = newBatcher(classifier.classify);

  const judge = async (form: FashionForm): Promise<Verdict> => {
    const image = new Float32Array(form.pixels);
    for (let i = 0; i < image.length; i++) image[i] /= 255;
    const probabilities = await classify(image);
    const confidences = classifier.names.map((label, place) => ({ label, confidence: probabilities[place] }));
    return { confidences: confidences.sort((a, b) => b.confidence - a.confidence), form };
  };

  const judgeFile = async (bytes: Uint8Array, { signal, onDecoded }: JudgeOptions = {}) => {
    const photo = await decodePhoto(bytes, { ...limits, longest: FORM_EDGE });
    signal?.throwIfAborted();
    onDecoded?.();
    return judge(toFashionForm(photo));
  };

  return {
    queue,
    judgeFile,
    classifyFile: (bytes, turn) => queue.run((signal) => judgeFile(bytes, { signal }), turn),
    classifyExample: (id, turn) => {
      const { examples } = classifier;
      const last = examples.length - 1;
      const example = examples[id];
      if (!example) throw new Refused(404, "unknown_example", `There is no example ${id}; they run from 0 to ${last}.`);
      return queue.run(() => judge({ pixels: example.pixels, steps: [] }), turn);
    },
  };
}
