import { test } from "node:test";
import { asKeras, keras, useSimd, type Case } from "./keras";

for (const given of keras.softmaxAxis as Case[])
  test(given.name, async () => {
    await useSimd();
    await asKeras(given);
  });
