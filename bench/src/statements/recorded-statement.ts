/** A statement with its values, as it went over the wire. */
export interface RecordedStatement {
  /** Empty where it was prepared for this once. */
  readonly name: string;
  readonly text: string;
  /** Text as a string, binary as bytes. */
  readonly values: readonly (string | Buffer | null)[];
}
