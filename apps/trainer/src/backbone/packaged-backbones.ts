/** Networks that the installed npm packages hold. Apart from what writes them, because that loads the tensor library. */
export const PACKAGED_BACKBONES = ["nsfwjs/mobilenet_v2", "nsfwjs/mobilenet_v2_mid", "nsfwjs/inception_v3"] as const;

export type PackagedBackbone = (typeof PACKAGED_BACKBONES)[number];
