import type { FastifyInstance } from "fastify";

/** A part that the service cannot work without: resolves to null where it works, to the reason where not. */
export interface ReadinessCheck {
  readonly name: string;
  readonly findProblem: () => Promise<string | null>;
}

/** Names of the engines that run the networks. */
export interface EnginesInUse {
  readonly encoder: string;
  readonly scorer: string;
}

/**
 * `GET /health`: the process lives. `GET /ready`: it can answer: 200, or 503 with the reasons; and on which engines.
 * Neither needs a key.
 */
export function registerHealth(app: FastifyInstance, checks: readonly ReadinessCheck[], engines: EnginesInUse): void {
  app.get("/health", () => ({ status: "ok" }));

  app.get("/ready", async (_request, reply) => {
    const problems = await Promise.all(
      checks.map(async ({ name, findProblem }) => {
        const problem = await findProblem();
        return problem === null ? [] : [{ part: name, reason: problem }];
      }),
    );
    const reasons = problems.flat();
    const ready = reasons.length === 0;
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "not ready", reasons, engines });
  });
}
