import { newAnswers } from "../../../lib/demo/answers";
import { newPictureClassifier } from "../../../lib/demo/photo/pictureClassifier";
import type { DemoServices } from "../../../lib/demo/services";
import { LIMITS } from "../../../lib/demo/web/limits";
import { answerCalls } from "../../../lib/demo/workers/answerCalls";
import { processLink } from "../../../lib/demo/workers/processLink";
import { plantedServices } from "../plantedServices";

/*
 * A worker process with planted services. Its words: milliseconds a picture takes, and the names of its users, separated by
 * commas; "broken" cannot start. The user "0" is recommended things by services that are planted; other names are asks:
 * "die" and "hang" to do so, "pid" to throw what is no refusal.
 */

const [delay, names] = process.argv.slice(2);

void answerCalls(processLink(), async ({ log }) => {
  if (names === "broken") throw new Error("the models are broken");
  log("planted services");
  const services = misled(plantedServices({ delay: Number(delay) }));
  return newAnswers(services, newPictureClassifier(services.classifier, LIMITS));
});

function misled(services: DemoServices): DemoServices {
  const { recommend } = services.shop;
  const asks: Record<string, () => never> = {
    die: () => process.exit(7),
    hang: () => {
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1e6); // deaf, without work for the processor
    },
    pid: () => {
      throw new Error(`fault of ${process.pid}`);
    },
  };
  const shop = { ...services.shop, users: names.split(","), recommend: (user: string, count: number) => (asks[user] ? asks[user]() : recommend(user, count)) }; // prettier-ignore
  return { ...services, shop: { ...shop, history: (user) => (asks[user] ? [] : services.shop.history(user)) } };
}
