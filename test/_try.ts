import { startLiveKernel } from "./kernel/liveKernel";
(async () => {
  for (let i = 0; i < 4; i++) {
    const t = performance.now();
    const k = await startLiveKernel();
    const a = performance.now() - t;
    await k.run("1+1"); const b = performance.now() - t;
    const c0 = performance.now(); await k.run("2+2"); const c = performance.now() - c0;
    const d0 = performance.now(); await k.run('import * as tf from "@tensorflow/tfjs"; tf.version_core'); const d = performance.now() - d0;
    const e0 = performance.now(); await k.run("2+2"); const e = performance.now() - e0;
    console.log("ready", a.toFixed(0), "first", b.toFixed(0), "second", c.toFixed(1), "tfjs", d.toFixed(0), "trivial", e.toFixed(1));
    console.log(k.process.lastWords());
    await k.end();
  }
})();
