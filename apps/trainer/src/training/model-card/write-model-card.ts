import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setupOfModel, type CardFacts } from "./card-facts.js";
import { dataSection } from "./data-section.js";
import { limitsSection } from "./limits-section.js";
import { recipeSection } from "./recipe-section.js";
import { resultsSection } from "./results-section.js";

/** Says what the model was made from, how, how well it does, and where not to trust it. */
export async function writeModelCard(folder: string, facts: CardFacts): Promise<void> {
  await writeFile(join(folder, "model-card.md"), renderModelCard(facts));
}

export function renderModelCard(facts: CardFacts): string {
  const { chosen, notes } = facts;
  const setup = setupOfModel(facts);
  const sections = [
    `# Model card: ${chosen.modelVersion}`,
    `Given a viewer's liked images and a video's candidate frames, gives each frame an interest weight and a probability of being the cover that this viewer would want. It takes features of the encoder \`${setup.encoderVersion}\` (${setup.start.architecture.featureWidth} numbers an image) and no others.`,
    dataSection(facts),
    recipeSection(facts),
    resultsSection(facts),
    limitsSection(facts),
    ...notes.map((note) => note.trim()),
  ];
  return `${sections.join("\n\n")}\n`;
}
