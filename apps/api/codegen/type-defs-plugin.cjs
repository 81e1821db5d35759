// Writes the SDL of all `.graphql` files into one TypeScript module, so that the built service needs no file beside its code.
const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const source = join(module.path, "..", "src");

module.exports = {
  plugin() {
    const files = readdirSync(source, { recursive: true })
      .filter((file) => file.endsWith(".graphql"))
      .sort();
    const sdl = files.map((file) => readFileSync(join(source, file), "utf8")).join("\n");
    return `/** Every \`.graphql\` file of the service. */\nexport const typeDefs = ${JSON.stringify(sdl)};\n`;
  },
};
