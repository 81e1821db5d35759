import type { Backbone } from "@facet/feature-encoder";
import type { CardFacts } from "./card-facts.js";

const OF_COMPOSED = `- Interests are things that a folder of photos can show. Faces, moods, styles and stories were not trained on.
- Composed videos are made of photographs; real shots are nearly equal frames, so smoothing over neighbours helps less there.
`;

export function limitsSection({ backbone, options }: CardFacts): string {
  return `## Limits

${options.photos.length > 0 ? OF_COMPOSED : ""}- With one liked image the scorer can know little; with none it is not asked, and the cover is the best by quality.
- ${describeBackbone(backbone)} What it does not see, the scorer cannot.
- What the pictures do not show evenly, the scorer will not serve evenly. Evaluate on your own pictures before you rely on it.`;
}

function describeBackbone(backbone: Backbone | undefined): string {
  if (!backbone) return "The encoder's backbone was fine-tuned for another task (finding unsafe pictures).";
  const { name, taps, license = "on terms that are not told", unsafe } = backbone;
  const safety = unsafe === "none" ? " It tells no unsafe picture from a safe one." : "";
  return `The encoder's backbone is \`${name}\` (${license}), tapped at ${taps.map((tap) => `\`${tap}\``).join(", ")}.${safety}`;
}
