import { readFile } from "node:fs/promises";
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLNamedType,
} from "graphql";
import { expect, test } from "vitest";
import { typeDefs } from "../generated/type-defs.js";

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}

const schema = buildSchema(typeDefs);
const types = Object.values(schema.getTypeMap()).filter((type) => type.astNode != null);

/** A type and all that can be named of it, each with the path that leads there. */
function partsOf(type: GraphQLNamedType): [path: string, part: Described][] {
  const parts: [string, Described][] = [[type.name, type]];
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      parts.push([`${type.name}.${field.name}`, field]);
      for (const argument of field.args) parts.push([`${type.name}.${field.name}(${argument.name})`, argument]);
    }
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) parts.push([`${type.name}.${field.name}`, field]);
  }
  if (isEnumType(type)) for (const value of type.getValues()) parts.push([`${type.name}.${value.name}`, value]);
  return parts;
}

const parts = types.flatMap(partsOf);

test("every type, field, argument and enum value is described, in a sentence", () => {
  const poor = parts.filter(([, { description }]) => !/^\S.*[.:…]$/s.test(description?.trim() ?? ""));
  expect(poor.map(([path]) => path)).toEqual([]);
});

test("what is deprecated says what to use instead", () => {
  const deprecated = parts.filter(([, { deprecationReason }]) => deprecationReason != null);
  const silent = deprecated.filter(([, { deprecationReason }]) => !/`\w+`/.test(deprecationReason ?? ""));
  expect(silent.map(([path]) => path)).toEqual([]);
});

test("the printed schema in the repository is the service's own", async () => {
  const printed = await readFile(new URL("../../../../schema.graphql", import.meta.url), "utf8");
  const [, ...rest] = printed.split("\n\n");
  expect(rest.join("\n\n").trim()).toBe(printSchema(lexicographicSortSchema(schema)));
});
