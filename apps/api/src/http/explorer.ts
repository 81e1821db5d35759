import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";

const require = createRequire(import.meta.url);

/** The explorer's own files, each out of the package that made it. */
const FILES = {
  "react.js": { package: "react", path: "umd/react.production.min.js", type: "text/javascript" },
  "react-dom.js": { package: "react-dom", path: "umd/react-dom.production.min.js", type: "text/javascript" },
  "graphiql.js": { package: "graphiql", path: "graphiql.min.js", type: "text/javascript" },
  "graphiql.css": { package: "graphiql", path: "graphiql.min.css", type: "text/css" },
} as const;

/** No address but this service's own: a browser loads nothing from elsewhere, and sends nothing there. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Facet explorer</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="explorer/graphiql.css" />
    <style>body { margin: 0 } #explorer { height: 100dvh }</style>
  </head>
  <body>
    <div id="explorer">Loading …</div>
    <script src="explorer/react.js"></script>
    <script src="explorer/react-dom.js"></script>
    <script src="explorer/graphiql.js"></script>
    <script src="explorer/start.js"></script>
  </body>
</html>
`;

/** The key is typed into the headers by whoever explores; it is kept in the page only, and goes with it. */
const START = `const { createElement } = React;
ReactDOM.createRoot(document.getElementById("explorer")).render(
  createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: new URL("graphql", document.baseURI).href }),
    defaultEditorToolsVisibility: "headers",
    defaultHeaders: JSON.stringify({ authorization: "Bearer YOUR-KEY" }, null, 2),
    defaultQuery: "query Videos {\\n  videos(first: 5) {\\n    nodes {\\n      id\\n      status\\n    }\\n  }\\n}\\n",
    shouldPersistHeaders: false,
    // Nothing outlives the page: not the key, not the queries.
    storage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined, clear: () => undefined, length: 0 },
  }),
);
`;

/** `GET /explorer`: a page to browse the schema and try queries on, out of the service's own dependencies. It needs no key itself; what is asked on it does. */
export function registerExplorer(app: FastifyInstance): void {
  app.get("/explorer", (_request, reply) => protect(reply).type("text/html; charset=utf-8").send(PAGE));
  app.get<{ Params: { file: string } }>("/explorer/:file", async (request, reply) => {
    const { file } = request.params;
    if (file === "start.js") return protect(reply).type("text/javascript; charset=utf-8").send(START);
    if (!isKnown(file)) {
      reply.callNotFound();
      return reply;
    }
    const { package: packageName, path, type } = FILES[file];
    const bytes = await readFile(join(dirname(require.resolve(`${packageName}/package.json`)), path));
    return protect(reply).header("cache-control", "public, max-age=3600").type(`${type}; charset=utf-8`).send(bytes);
  });
}

function isKnown(file: string): file is keyof typeof FILES {
  return Object.hasOwn(FILES, file);
}

function protect(reply: FastifyReply): FastifyReply {
  return reply
    .header("content-security-policy", POLICY)
    .header("x-content-type-options", "nosniff")
    .header("referrer-policy", "no-referrer");
}
