/**
 * Puts the pieces of a stream together to one answer, of the shape that it has when it is not
 * streamed. It keeps what bills and no piece, so it stays small however long the stream is.
 */
export interface Merger {
  /**
   * Takes in the next piece.
   *
   * @returns whether the piece is of a kind that is known
   */
  add(piece: unknown): boolean;

  /** Whether the piece begins another answer: one stream may hold several, one after the other. */
  begins(piece: unknown): boolean;

  /** The answer as far as it is known. */
  answer(): Record<string, unknown>;

  /**
   * Whether this is the whole answer.
   *
   * @param closed whether the provider closed the stream without an error
   */
  isWhole(closed: boolean): boolean;

  /** What to say where a whole answer has no usage; undefined where there is nothing to say. */
  hint(): string | undefined;
}
