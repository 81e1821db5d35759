import type { TestService } from "./facet-service.fixture.js";
import type { Learnt, TourStep } from "./tour-step.fixture.js";

const INTRODUCTION = `# The tour

From an empty database to a page of covers with reasons, a pin, an export, and nothing again: each request as it is sent, and the answer as it came. \`$KEY\` is an admin key. Ids, addresses, times and probabilities are different on every walk. This page is written by a test, which fails where the answers change in shape: \`FACET_WRITE_TOUR=1 npx vitest run test/integration/tour.test.ts\` writes it anew.
`;

/** Walks the steps against a service, and writes down what was asked and answered. */
export async function walkTour({ client }: Pick<TestService, "client">, steps: readonly TourStep[]): Promise<string> {
  const learnt: Learnt = new Map();
  const parts = [INTRODUCTION];
  for (const { text, ask, learn } of steps) {
    parts.push(`${text}\n`);
    let answer: unknown;
    switch (ask.kind) {
      case "upload":
        parts.push(
          fence(
            "sh",
            `curl -s http://localhost:4000/uploads -H "Authorization: Bearer $KEY" \\\n     -H "Content-Type: ${ask.type}" --data-binary @${ask.file}`,
          ),
        );
        answer = { uploadId: await client.upload(await ask.bytes(), ask.type) };
        break;
      case "graphql": {
        const variables = ask.variables?.(learnt) as Record<string, unknown> | undefined;
        parts.push(fence("graphql", ask.query));
        if (variables !== undefined) parts.push("with\n", fence("json", write(variables)), "is answered with\n");
        answer = await client.get(ask.query, variables);
        break;
      }
      case "wait":
        parts.push(fence("graphql", ask.query));
        do answer = await client.get(ask.query);
        while (!new RegExp(ask.until).test(JSON.stringify(answer)));
        break;
      case "get": {
        const url = learnt.get(ask.url) ?? "";
        parts.push(fence("sh", `curl -s "${url}" -H "Authorization: Bearer $KEY"`));
        answer = await (await client.getWithKey(url)).json();
        break;
      }
    }
    parts.push(fence("json", write(answer)));
    for (const [name, path] of Object.entries(learn ?? {})) learnt.set(name, String(pick(answer, path)));
  }
  return parts.join("\n").replaceAll(client.baseUrl, "http://localhost:4000");
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}

/** Long texts are pictures' bytes. */
function write(value: unknown): string {
  const shorten = (_key: string, each: unknown) =>
    typeof each === "string" && each.length > 300 ? `${each.slice(0, 40)}…` : each;
  return JSON.stringify(value, shorten, 2);
}

function pick(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((each, name) => (each as Record<string, unknown>)[name], value);
}

/** What must not change from walk to walk: whatever is another on every one is masked, and white space says nothing. */
export function maskTour(tour: string): string {
  return tour
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/\b[0-9a-f]{64}\b/g, "HASH")
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, "TIME")
    .replace(/(mobilenet-v2-mid|interest-attention)-[0-9a-f]{12}/g, "$1-VERSION")
    .replace(/"[^"]*…"/g, '"BYTES"')
    .replace(/("(?:timestampMs|index|shot|sizeBytes|bytes)":\s*)\d+/g, "$1N")
    .replace(/-?\d+\.\d+(e-?\d+)?/g, "N")
    .replace(/\?[^"\s]*/g, "?QUERY")
    .replace(/\s+/g, "");
}
