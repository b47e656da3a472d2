/** One recommended item, ready to be shown. */
export interface Item {
  /** "Item 1" is the best one. */
  title: string;
  /** The picture as a data URI. */
  image: string;
  score: number;
}
