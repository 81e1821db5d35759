type Environment = Readonly<Record<string, string | undefined>>;

/** Names of the service's settings, and of those that its connections to Postgres read beside their address. */
const SETTING = /^(FACET_.*|PG[A-Z]+|DATABASE_URL|PORT|HOST)$/;

/** The caller's environment without any setting of the service, and the demo's own: what the shell says of a real deployment is not meant for the demo. */
export function serviceEnvironment(inherited: Environment, settings: Environment): Environment {
  return { ...Object.fromEntries(Object.entries(inherited).filter(([name]) => !SETTING.test(name))), ...settings };
}
