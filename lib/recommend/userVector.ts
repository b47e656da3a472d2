/** A user the model was not fitted on, as `foldInUser` and `coldUser` make them: to be handed over in place of a row. */
export interface UserVector {
  /** The user's vector and last the bias, shape [components + 1]. */
  readonly vector: Float32Array;
  /** Columns of the items the user has already. */
  readonly seen: Int32Array;
}
