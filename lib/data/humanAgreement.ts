/**
 * How often people agree with the label of a test picture of Fashion-MNIST, by class: the share of the 1,000 test pictures
 * of the class whose label most people chose, of about 67 people a picture (Fashion-MNIST-H: Ishida, Yamane, Charoenphakdee,
 * Niu and Sugiyama, "Is the Performance of My Deep Network Too Good to Be True?", ICLR 2023).
 */
export const humanAgreement: readonly number[] = [
  0.876, // T-shirt/top
  0.975, // trouser
  0.892, // pullover
  0.962, // dress
  0.388, // coat
  0.967, // sandal
  0.279, // shirt
  0.96, // sneaker
  0.997, // bag
  0.95, // ankle boot
];
