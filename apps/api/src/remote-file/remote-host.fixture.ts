import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, LookupFunction } from "node:net";
import { generate } from "selfsigned";
import type { Network } from "./guarded-get.js";

const HERE = "127.0.0.1";
const NAMES = ["media.example", "other.example", "evil.example", "inside.example"];

/** A web server on this machine that the service takes for some hosts of the internet. */
export interface RemoteHost {
  /** Behind the names' `:`. */
  readonly port: number;
  /** What the service has in the place of the internet: names lead where `addresses` says, here unless told. */
  readonly network: Network;
  /** Where names lead, for names that do not lead here. May be changed while it runs. */
  readonly addresses: Map<string, string>;
  /** Which names were asked for, in order. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

export async function startRemoteHost(answer: RequestListener): Promise<RemoteHost> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "Facet tests" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: NAMES.map((value) => ({ type: 2, value })) },
    ],
  });
  const server = createServer({ cert, key }, answer);
  await new Promise<void>((done) => server.listen(0, HERE, done));

  const addresses = new Map<string, string>();
  const asked: string[] = [];
  const lookup: LookupFunction = (name, options, done) => {
    asked.push(name);
    const address = addresses.get(name) ?? (NAMES.includes(name) ? HERE : undefined);
    const family = address?.includes(":") === true ? 6 : 4;
    // As a resolver answers: not at once.
    setImmediate(() => {
      if (address === undefined)
        done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" }), "");
      else if (options.all === true) done(null, [{ address, family }]);
      else done(null, address, family);
    });
  };
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  const { port } = server.address() as AddressInfo;
  return { port, addresses, asked, network: { lookup, ca: cert, allowedAddresses: [HERE] }, close };
}
