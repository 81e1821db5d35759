import { pino, type DestinationStream, type Logger } from "pino";
import { describeError } from "./log-error.js";

/**
 * The log: JSON lines on standard error, so that standard output holds only what a person is told.
 * Liked images, base64 and keys are never passed to it; headers that hold keys are struck out all the same, and
 * of errors only what cannot hold them is written.
 */
export function makeLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  const redact = ["req.headers.authorization", "headers.authorization", "*.base64"];
  const serializers = { err: describeError };
  return pino({ level, redact, serializers, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
