import { expect, test } from "vitest";
import { serviceEnvironment } from "./service-environment.js";

test("no setting of the caller's reaches the service, and everything else does", () => {
  const deployment = {
    FACET_ROLES: "api",
    DATABASE_URL: "postgres://db",
    PORT: "80",
    HOST: "::",
    PGSSLMODE: "require",
  };
  const shell = { PATH: "/bin", NODE_OPTIONS: "--no-warnings", HOSTNAME: "laptop", MY_FACET_KEY: "a-key" };
  const settings = { PORT: "4321", FACET_DATA_DIR: "data" };
  expect(serviceEnvironment({ ...deployment, ...shell }, settings)).toEqual({ ...shell, ...settings });
});
