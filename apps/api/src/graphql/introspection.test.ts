import { getIntrospectionQuery } from "graphql";
import { pino } from "pino";
import { expect, test } from "vitest";
import { makeApolloServer } from "./apollo.js";
import type { RequestContext } from "./context.js";

async function ask(introspection: boolean, query: string) {
  const apollo = makeApolloServer(pino({ level: "silent" }), introspection);
  await apollo.start();
  const { body } = await apollo.executeOperation({ query }, { contextValue: {} as RequestContext });
  await apollo.stop();
  if (body.kind !== "single") throw new Error("An answer came in parts.");
  return body.singleResult;
}

test("the schema can be asked for", async () => {
  const { data, errors } = await ask(true, getIntrospectionQuery());
  expect(errors).toBeUndefined();
  expect(data).toHaveProperty("__schema");
});

test("where introspection is off the schema is not told, and not bit by bit either", async () => {
  const { data, errors } = await ask(false, getIntrospectionQuery());
  expect(data).toBeUndefined();
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  expect(errors?.[0]?.message).toBe("This service does not tell its schema: __schema and __type are not answered.");
  expect((await ask(true, "{ vidoe }")).errors?.[0]?.message).toContain("Did you mean");
  expect((await ask(false, "{ vidoe }")).errors?.[0]?.message).not.toContain("Did you mean");
});
