import { transformer } from "./attention";
import { autoencoder, batchNormCnn, mobileNet, originalA, residual, separable, transfer, uNet } from "./convolutional";
import { gan, vae } from "./generative";
import type { ZooNet } from "./net";
import { bidirectional, convLstm, convolvedText, embeddedText, gru, lstm, maskedLstm, mlp } from "./sequences";

/** The nets by the names that the command line and peer.py know. */
export const nets: Record<string, ZooNet> = {
  batchNormCnn,
  residual,
  mobileNet,
  separable,
  autoencoder,
  uNet,
  vae,
  gan,
  lstm,
  gru,
  bidirectional,
  transformer,
  convolvedText,
  maskedLstm,
  transfer,
  convLstm,
  mlp,
  embeddedText,
  originalA,
};
