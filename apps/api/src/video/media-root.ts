import { realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { InputError } from "../graphql/user-errors.js";

const FIELD = "source.path";
const MAX_PATH_LENGTH = 1024;

/** The folder under which videos may be registered by their path. Nothing outside of it is reached: not by `..`, not by a link. */
export class MediaRoot {
  constructor(private readonly folder: string | undefined) {}

  /** Whether there is a folder to look in, or none is wanted. */
  async isThere(): Promise<boolean> {
    if (this.folder === undefined) return true;
    return stat(this.folder).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
  }

  /**
   * @returns the path as it is kept: relative to the root, without detours
   * @throws InputError PATH_NOT_ALLOWED, FILE_NOT_FOUND
   */
  async admit(path: string): Promise<string> {
    return (await this.#look(path)).kept;
  }

  /**
   * Where the bytes of an admitted path are. Looks again: a file may have become a link since.
   *
   * @throws InputError PATH_NOT_ALLOWED, FILE_NOT_FOUND
   */
  async resolve(kept: string): Promise<string> {
    return (await this.#look(kept)).file;
  }

  async #look(path: string): Promise<{ kept: string; file: string }> {
    if (this.folder === undefined) {
      throw new InputError("PATH_NOT_ALLOWED", FIELD, "No media root is configured: videos come by upload only.");
    }
    if (path.length === 0 || path.length > MAX_PATH_LENGTH || /\p{Cc}/u.test(path)) {
      const rule = `takes 1 to ${MAX_PATH_LENGTH} characters, none of them a control character`;
      throw new InputError("PATH_NOT_ALLOWED", FIELD, `${FIELD} ${rule}.`);
    }
    const outside = new InputError("PATH_NOT_ALLOWED", FIELD, `"${path}" leads out of the media root.`);
    if (isAbsolute(path) || path.split(/[\\/]/).includes("..")) throw outside;

    const missing = new InputError("FILE_NOT_FOUND", FIELD, `No file is at "${path}" under the media root.`);
    const root = await realpath(resolve(this.folder)).catch(() => {
      throw missing;
    });
    const asked = join(root, path);
    const file = await realpath(asked).catch(() => {
      throw missing;
    });
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) throw outside;
    const facts = await stat(file).catch(() => {
      throw missing;
    });
    if (!facts.isFile()) throw missing;
    return { kept: relative(root, asked), file };
  }
}
