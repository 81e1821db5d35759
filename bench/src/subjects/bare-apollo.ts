import { ApolloServer } from "@apollo/server";
import fastifyApollo, { fastifyApolloDrainPlugin } from "@as-integrations/fastify";
import Fastify from "fastify";
import { serve } from "./subject.js";

// What GraphQL over HTTP costs by itself, with the libraries that the service is made of.
const app = Fastify();
const server = new ApolloServer({
  typeDefs: "type Query { nothing: Boolean }",
  plugins: [fastifyApolloDrainPlugin(app)],
});
await server.start();
await app.register(fastifyApollo(server));
const address = await app.listen({ host: "127.0.0.1", port: 0 });

serve(address, () => () => Promise.reject(new Error("This is asked over HTTP.")));
