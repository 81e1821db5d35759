import { availableParallelism } from "node:os";
import { FacetError, type ImageHash } from "@facet/domain";
import pLimit from "p-limit";
import type { FileCache } from "./file-cache.js";
import type { ImagePlan } from "./image-form.js";
import type { ImageStore, StoredImage } from "./image-store.js";
import { RENDER_VERSION, renderImage } from "./render-image.js";

/** One core is left for everything else; more than four at once need memory rather than cores. */
const ENCODINGS_AT_ONCE = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Pictures that may wait for their turn; whoever comes then is asked to come again. */
const MAX_WAITING = 200;

/** Thrown where so many pictures wait to be made that one more would wait too long. */
export class TooManyEncodingsError extends FacetError {
  readonly code = "BUSY";
  constructor() {
    super("Too many pictures are being made at once. Ask again in some seconds.");
  }
}

export type DerivedPlan = ImagePlan & { readonly kind: "derived" };

/** Pictures made of those that are kept: in another size, ratio or format. Each is made once, and found in the cache after. */
export class DerivedImages {
  readonly #making = new Map<string, Promise<Uint8Array | undefined>>();
  readonly #turn = pLimit(ENCODINGS_AT_ONCE);

  /** @param cache undefined: nothing is kept */
  constructor(
    private readonly images: Pick<ImageStore, "read">,
    private readonly cache: FileCache | undefined,
    private readonly render: typeof renderImage = renderImage,
  ) {}

  /**
   * The bytes of a derived picture; undefined where the one it is made of has gone meanwhile. Who asks for one that is
   * being made waits for it.
   *
   * @throws TooManyEncodingsError
   */
  read(image: StoredImage, plan: DerivedPlan): Promise<Uint8Array | undefined> {
    const name = nameDerived(image.hash, plan);
    const making = this.#making.get(name);
    if (making !== undefined) return making;
    const made = this.#find(name, image.hash, plan).finally(() => this.#making.delete(name));
    this.#making.set(name, made);
    return made;
  }

  /** The hashes of the kept pictures that something was made of, by whichever process of the same folder. */
  async listSources(): Promise<string[]> {
    const names = (await this.cache?.names()) ?? [];
    return [...new Set(names.map(sourceOf))];
  }

  /** Forgets what was made of pictures that are gone, by whichever process of the same folder. */
  async forget(hashes: ReadonlySet<string>): Promise<void> {
    for (const name of (await this.cache?.names()) ?? []) {
      if (hashes.has(sourceOf(name))) await this.cache?.remove(name);
    }
  }

  async #find(name: string, hash: ImageHash, plan: DerivedPlan): Promise<Uint8Array | undefined> {
    const known = await this.cache?.read(name);
    if (known !== undefined) return known;
    if (this.#turn.pendingCount >= MAX_WAITING) throw new TooManyEncodingsError();
    return this.#turn(async () => {
      // Read when it is its turn: two hundred that wait need not be in memory.
      const original = await this.images.read(hash);
      if (original === undefined) return undefined;
      const bytes = await this.render(original.bytes, plan);
      // A full disk is no reason to show no picture.
      await this.cache?.write(name, bytes).catch(() => undefined);
      return bytes;
    });
  }
}

/** Also the picture's ETag: two addresses that give the same bytes have the same. */
export function nameDerived(hash: ImageHash, { size, crop, format }: DerivedPlan): string {
  return `${hash}-${size.width}x${size.height}${crop ? "-crop" : ""}-v${RENDER_VERSION}.${format}`;
}

/** The hash that a name of `nameDerived` begins with. */
function sourceOf(name: string): string {
  return name.slice(0, 64);
}
