import { pino, type Logger } from "pino";

/**
 * The log: JSON lines on standard error, so that standard output holds only what a person is told.
 * Liked images, base64 and keys are never passed to it; headers that hold keys are struck out all the same.
 */
export function makeLog(level: string): Logger {
  const redact = ["req.headers.authorization", "headers.authorization", "*.base64"];
  return pino({ level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
