import { correctBatchNormalization } from "./batchNormalization";
import { correctCausalPadding } from "./causalPadding";
import { correctDepthwiseDilation } from "./depthwiseDilation";
import { correctEarlyStopping } from "./earlyStopping";
import { registerFileIo } from "./fileIo";
import { correctGenerators } from "./generators";
import { correctGruResetAfter } from "./gruResetAfter";
import { correctInputTypes } from "./inputTypes";
import { correctLabels } from "./labels";
import { correctLayerNormalization } from "./layerNormalization";
import { correctMasks } from "./masks";
import { correctRegularizers } from "./regularizers";
import { correctSampleWeights } from "./sampleWeight";
import { correctSoftmaxAxis } from "./softmaxAxis";
import { correctTrainFunctions } from "./trainFunctions";
import { correctUpSampling } from "./upSampling";

let isDone = false;

/**
 * Puts right what TensorFlow.js' layers and models refuse or reckon wrong beside Keras, on any backend; each file of this
 * folder says what. Called twice it does nothing.
 *
 * @throws Error when this version of TensorFlow.js lacks what is to be put right
 */
export function registerLayerCorrections(): void {
  if (isDone) return;
  isDone = true;
  correctBatchNormalization();
  correctCausalPadding();
  correctDepthwiseDilation();
  correctUpSampling();
  correctLayerNormalization();
  correctSoftmaxAxis();
  correctGruResetAfter();
  correctRegularizers();
  correctMasks();
  correctInputTypes();
  correctLabels();
  correctTrainFunctions();
  correctSampleWeights();
  correctEarlyStopping();
  correctGenerators();
  registerFileIo();
}
