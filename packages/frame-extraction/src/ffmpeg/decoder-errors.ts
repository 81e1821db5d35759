import { basename } from "node:path";
import { FacetError } from "@facet/domain";

/** What is wrong with the programs that decode, never with the video: another try may succeed. */
export abstract class DecoderError extends FacetError {}

/** Thrown when ffmpeg or ffprobe cannot be run here: it is not there, may not be executed, or the machine is short. */
export class DecoderUnavailableError extends DecoderError {
  readonly code = "DECODER_UNAVAILABLE";
  constructor(
    /** Names no folder. */
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`Videos cannot be decoded here: ${problem}.`, options);
  }
}

/** @param cause what the system said, whose message names the program's folder */
export function cannotBeStarted(program: string, cause: unknown): DecoderUnavailableError {
  const { code } = cause as NodeJS.ErrnoException;
  return new DecoderUnavailableError(`"${basename(program)}" cannot be started (${code ?? "no reason told"})`, {
    cause,
  });
}

/** Thrown when somebody else ends the decoder: what was decoded is not the whole video. */
export class DecoderStoppedError extends DecoderError {
  readonly code = "DECODER_STOPPED";
  constructor(
    readonly source: string,
    /** As `SIGTERM`. */
    readonly signal: string,
  ) {
    super(`The decoder of "${source}" was ended by ${signal} before the video was over.`);
  }
}

/** Signals of a program's own faults, which a damaged video may bring about. */
const CRASHES: ReadonlySet<string> = new Set(["SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT"]);

/** Whether somebody else, or the system for want of memory, ended a program by this signal. */
export function isFromOutside(signal: string): boolean {
  return !CRASHES.has(signal);
}

/** Thrown when the process that makes JPEGs of a video's frames ends by itself, or is ended because it stands still. */
export class JpegsFailedError extends DecoderError {
  readonly code = "JPEGS_FAILED";
  constructor(
    readonly source: string,
    problem: string,
  ) {
    super(`The process that makes JPEGs of "${source}" ${problem}.`);
  }
}
