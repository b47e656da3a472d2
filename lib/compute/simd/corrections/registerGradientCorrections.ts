import * as tf from "@tensorflow/tfjs-core";
import { correctCpuKernels } from "./cpuKernels";
import { registerComplexGradients } from "./complexGradients";
import { registerConvolutionGradients } from "./convolutionGradients";
import { correctCustomGradients } from "./customGradients";
import { registerEinsumGradient } from "./einsumGradients";
import { registerElementGradients } from "./elementGradients";
import { registerFlatGradients } from "./flatGradients";
import { registerIndexGradients } from "./indexGradients";
import { registerPoolingGradients } from "./poolingGradients";
import { registerResizeGradients } from "./resizeGradients";
import { registerRunningGradients } from "./runningGradients";
import { registerShapeGradients } from "./shapeGradients";
import { orderTape } from "./tapeOrder";

/** By this the engine, of which there is one for each process, is known to be corrected. */
const MARK = Symbol.for("atelier.gradientCorrections");

/**
 * Puts right what TensorFlow.js refuses or gets wrong in derivatives, first and second, on every backend of this process.
 * Called twice it does nothing. Call it after whatever else replaces parts of the engine: it wraps what is there.
 *
 * @throws Error where TensorFlow.js is another version, without what is to be put right
 */
export function registerGradientCorrections(): void {
  const engine = tf.engine() as unknown as Record<symbol, boolean>;
  if (engine[MARK]) return;
  engine[MARK] = true;
  orderTape();
  correctCpuKernels();
  correctCustomGradients();
  registerFlatGradients();
  registerElementGradients();
  registerComplexGradients();
  registerRunningGradients();
  registerShapeGradients();
  registerIndexGradients();
  registerEinsumGradient();
  registerConvolutionGradients();
  registerPoolingGradients();
  registerResizeGradients();
}
