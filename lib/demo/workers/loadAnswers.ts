import { type Answers, newAnswers } from "../answers";
import { loadServices } from "../models/loadServices";
import { newPictureClassifier } from "../photo/pictureClassifier";
import { LIMITS } from "../web/limits";
import type { Loading } from "./answerCalls";

/** The line is that of the server. */
const limits = { ...LIMITS, waiting: Infinity };

/** The answers of the demo's own models, as `loadServices` has them. */
export async function loadAnswers(loading: Loading, { quick = false } = {}): Promise<Answers> {
  const services = await loadServices({ ...loading, quick });
  return newAnswers(services, newPictureClassifier(services.classifier, limits));
}
