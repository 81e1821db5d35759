import { FacetError } from "@facet/domain";
import type { ApiKey, ApiKeyRole, PrismaClient } from "../generated/prisma/client.js";
import { isUuid } from "../graphql/is-uuid.js";
import { isConfiguredName } from "./keep-configured-key.js";
import { hashKey, makeKey } from "./key-hash.js";

const MAX_NAME = 128;

/** What may be shown of a key: everything but the key. */
export type KeyFacts = Omit<ApiKey, "hash">;

const shown = { id: true, name: true, role: true, createdAt: true, lastUsedAt: true, revokedAt: true } as const;

/** Thrown when a key's name is empty, too long, holds a control character, looks like an id, or is one of the service's own. */
export class KeyNameError extends FacetError {
  readonly code = "INVALID_KEY_NAME";
}

/** Thrown when a name has a key already, though it may be revoked. */
export class KeyExistsError extends FacetError {
  readonly code = "KEY_EXISTS";
  constructor(name: string) {
    super(
      `A key "${name}" is there already. Names are never used again, so that what was done with a key keeps its author.`,
    );
  }
}

/** Thrown when there is no key of that name or id. */
export class KeyNotFoundError extends FacetError {
  readonly code = "KEY_NOT_FOUND";
  constructor(nameOrId: string) {
    super(`No key has the name or id "${nameOrId}".`);
  }
}

/** The keys that open the API: made, listed, revoked. */
export class ApiKeys {
  constructor(private readonly prisma: PrismaClient) {}

  /**
   * Makes a key. It is given here, and never again.
   *
   * @throws KeyNameError, KeyExistsError
   */
  async create(name: string, role: ApiKeyRole): Promise<{ readonly key: string; readonly facts: KeyFacts }> {
    if (isConfiguredName(name)) throw new KeyNameError(`"${name}" is kept for the key in FACET_ADMIN_KEY.`);
    const length = Array.from(name).length;
    if (length === 0 || length > MAX_NAME || /[\p{Cc}\p{Cs}]/u.test(name) || isUuid(name)) {
      throw new KeyNameError(`A key's name takes 1 to ${MAX_NAME} characters, no control character, and is no id.`);
    }
    const key = makeKey();
    const data = { name, role, hash: hashKey(key) };
    const [facts] = await this.prisma.apiKey.createManyAndReturn({ data, skipDuplicates: true, select: shown });
    if (facts === undefined) throw new KeyExistsError(name);
    return { key, facts };
  }

  /** The oldest first. */
  list(): Promise<KeyFacts[]> {
    return this.prisma.apiKey.findMany({ select: shown, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  }

  /**
   * From now on the key opens nothing. To revoke it again changes nothing.
   *
   * @throws KeyNotFoundError
   */
  async revoke(nameOrId: string): Promise<KeyFacts> {
    const where = isUuid(nameOrId) ? { id: nameOrId } : { name: nameOrId };
    await this.prisma.apiKey.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: new Date() } });
    const facts = await this.prisma.apiKey.findFirst({ where, select: shown });
    if (facts === null) throw new KeyNotFoundError(nameOrId);
    return facts;
  }
}
