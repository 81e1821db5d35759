// Prints the whole schema as it is reviewed: one file, sorted, so that a change of it is a change of few lines.
const { lexicographicSortSchema, printSchema } = require("graphql");

const HEADER =
  "# The schema of the service, printed by `npm run generate` from apps/api/src/*/*.graphql: edit those.\n\n";

module.exports = {
  plugin(schema) {
    return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
  },
};
