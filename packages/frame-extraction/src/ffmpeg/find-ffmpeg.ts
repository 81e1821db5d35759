import { DecoderUnavailableError } from "./decoder-errors.js";
import { runProgram } from "./run-program.js";

/** Older system builds lack options that keep hostile files in check. */
const OLDEST_SYSTEM_VERSION = 5;

/** The two programs that decode and probe, and how to talk to this build of them. */
export interface FfmpegTools {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** As the program says it: `5.1.9-0+deb12u1`, or a build number for the one from npm. */
  readonly version: string;
  readonly origin: "system" | "npm";
}

/**
 * Finds an ffmpeg and its ffprobe: the system's where both are on the PATH and are version 5 or newer, else the builds
 * that come with the npm packages `@ffmpeg-installer/ffmpeg` and `@ffprobe-installer/ffprobe`.
 *
 * @throws DecoderUnavailableError where neither can be run
 */
export async function findFfmpeg(): Promise<FfmpegTools> {
  return (await systemTools()) ?? (await npmTools());
}

async function systemTools(): Promise<FfmpegTools | undefined> {
  try {
    const [version, probeVersion] = await Promise.all([readVersion("ffmpeg"), readVersion("ffprobe")]);
    if (Math.min(majorVersion(version), majorVersion(probeVersion)) < OLDEST_SYSTEM_VERSION) return undefined;
    return { ffmpegPath: "ffmpeg", ffprobePath: "ffprobe", version, origin: "system" };
  } catch {
    return undefined; // Not installed, or not runnable: the npm builds take over.
  }
}

async function npmTools(): Promise<FfmpegTools> {
  try {
    // Imported late: on a platform that the packages have no build for, the import itself throws.
    const [ffmpeg, ffprobe] = await Promise.all([
      import("@ffmpeg-installer/ffmpeg"),
      import("@ffprobe-installer/ffprobe"),
    ]);
    const [ffmpegPath, ffprobePath] = [ffmpeg.default.path, ffprobe.default.path];
    // Both: the packages make a program executable for the user who installs them, which need not be the one who runs it.
    const [version] = await Promise.all([readVersion(ffmpegPath), readVersion(ffprobePath)]);
    return { ffmpegPath, ffprobePath, version, origin: "npm" };
  } catch (cause) {
    const problem =
      cause instanceof DecoderUnavailableError
        ? cause.problem
        : "the packages have no build that runs on this platform";
    const system = `no ffmpeg and ffprobe of version ${OLDEST_SYSTEM_VERSION} or newer are on the PATH`;
    throw new DecoderUnavailableError(`${system}, and those from npm cannot be used: ${problem}`, { cause });
  }
}

/** @throws DecoderUnavailableError where the program cannot be started; Error where it does not say its version */
export async function readVersion(program: string): Promise<string> {
  const { stdout } = await runProgram(program, ["-version"], 20_000);
  const version = /^\S+ version (\S+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`${program} did not say its version.`);
  return version;
}

/** 5 for `5.1.9` and `n5.1`; 0 for a build number such as `N-47683-g0e8eb07980`, whose age it does not tell. */
export function majorVersion(version: string): number {
  return Number(/^n?(\d+)\./.exec(version)?.[1] ?? 0);
}

/** `-vsync` is on its way out since 5.1, and builds before it do not know `-fps_mode`. */
export function keepFrameTimes(tools: FfmpegTools): readonly string[] {
  const [major = 0, minor = 0] = (/^n?(\d+)\.(\d+)/.exec(tools.version) ?? []).slice(1).map(Number);
  const knowsFpsMode = major > 5 || (major === 5 && minor >= 1);
  return knowsFpsMode ? ["-fps_mode", "passthrough"] : ["-vsync", "0"];
}
