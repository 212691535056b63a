import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import type { ServerMetadata } from "openid-client";
import * as z from "zod/mini";

/** What we use of an OpenID provider's description of itself; the whole of it is handed on. */
const descriptionSchema = z.looseObject({
  issuer: z.string(),
  jwks_uri: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  end_session_endpoint: z.optional(z.string()),
  token_endpoint_auth_methods_supported: z.optional(z.array(z.string())),
});

/** The bank's own OpenID provider, as it describes itself. */
export interface Provider {
  description: ServerMetadata;
  /** Its keys, fetched when they are first needed and again when a token names one that is not among them. */
  keys: JWTVerifyGetKey;
}

const DEADLINE_MS = 5_000;

const known = new Map<string, Promise<Provider>>();

/**
 * Read once a process, from where OpenID Connect Discovery 1.0 says it lies. Throws `ProviderUnreachable` when it cannot be read or
 * speaks for another issuer; the next who asks tries again.
 */
export function providerOf(issuer: string): Promise<Provider> {
  const before = known.get(issuer);
  if (before !== undefined) return before;
  const reading = discover(issuer);
  known.set(issuer, reading);
  reading.catch(() => known.delete(issuer));
  return reading;
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof Error && error.name === "ProviderUnreachable";
}

export function unreachable(detail: string, cause?: unknown): Error {
  return Object.assign(new Error(detail, { cause }), { name: "ProviderUnreachable" });
}

/** Only a provider of this machine, as tests and trials have it, may be asked without TLS. */
export function isOnThisMachine(address: string): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(new URL(address).hostname);
}

async function discover(issuer: string): Promise<Provider> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const parsed = descriptionSchema.safeParse(await readJson(address));
  if (!parsed.success) throw unreachable(`${address} is no description of an OpenID provider`);
  const { jwks_uri, authorization_endpoint, token_endpoint, end_session_endpoint } = parsed.data;
  if (parsed.data.issuer !== issuer) throw unreachable(`${address} speaks for ${parsed.data.issuer}`);
  for (const one of [jwks_uri, authorization_endpoint, token_endpoint, end_session_endpoint]) {
    if (one !== undefined && !isSafe(one, issuer))
      throw unreachable(`${address} names ${one}, which is no https address`);
  }
  const description = parsed.data as ServerMetadata;
  return { description, keys: createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: DEADLINE_MS }) };
}

async function readJson(address: string): Promise<unknown> {
  if (!isSafe(address, address)) throw unreachable(`${address} is no https address`);
  try {
    const answer = await fetch(address, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return await answer.json();
  } catch (cause) {
    throw unreachable(`${address} could not be read`, cause);
  }
}

function isSafe(address: string, issuer: string): boolean {
  if (!URL.canParse(address)) return false;
  return new URL(address).protocol === "https:" || (isOnThisMachine(issuer) && isOnThisMachine(address));
}
