import { createHmac, timingSafeEqual } from "node:crypto";
import type { ImageForm } from "./image-form.js";

/** Within this share of its lifetime every caller gets the same address, so that browsers and caches know it again. */
const STEPS_OF_LIFETIME = 4;

/** What makes an address good for a while. */
export interface ImageSignature {
  /** Seconds since 1970 from which on the address gives nothing. */
  readonly expires: number;
  readonly signature: string;
}

/** Signs addresses of pictures, and tells those that it signed from others. */
export class ImageSigner {
  /**
   * @param secret   at least 32 bytes, the same in every process of the service
   * @param lifetime of an address, in seconds: it is good for at least three quarters of it, and never longer than it
   */
  constructor(
    private readonly secret: Uint8Array,
    private readonly lifetime: number,
    private readonly now: () => number = Date.now,
  ) {}

  sign(hash: string, form: ImageForm): ImageSignature {
    const step = Math.max(1, Math.floor(this.lifetime / STEPS_OF_LIFETIME));
    const expires = Math.floor((this.now() / 1000 + this.lifetime) / step) * step;
    return { expires, signature: this.#digest(hash, form, expires).toString("base64url") };
  }

  /** How many seconds an address is still good for; 0 where it is none of ours, was changed, or has expired. */
  secondsLeft(hash: string, form: ImageForm, { expires, signature }: ImageSignature): number {
    const given = Buffer.from(signature, "base64url");
    const right = this.#digest(hash, form, expires);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return 0;
    return Math.max(0, Math.floor(expires - this.now() / 1000));
  }

  /** Over all that an address says, in one order, so that the same address written otherwise is the same. */
  #digest(hash: string, { width, ratio, format }: ImageForm, expires: number): Buffer {
    const text = `/images/${hash}?w=${width ?? ""}&ratio=${ratio ?? ""}&format=${format ?? ""}&expires=${expires}`;
    return createHmac("sha256", this.secret).update(text).digest();
  }
}
