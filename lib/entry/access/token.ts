import type { Context } from "hono";
import { errors, type JWTPayload, jwtVerify } from "jose";
import { isPersonName } from "../../domain/desk/person.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Clock, msOf } from "../../kernel/time.ts";
import { isUnreachable, providerOf, unreachable } from "./provider.ts";
import { type Person, rightsOf } from "./rights.ts";

/** Which access tokens of the bank's provider are good here. */
export interface TokenRules {
  /** Exactly as tokens say it. */
  issuer: string;
  audience: string;
  /** The claim that names brands and roles, such as `groups`. An access token must carry it: ID tokens are not read for rights. */
  claim: string;
  /** A scope the token must have. An ID token has none, so asking for one keeps it from being taken for an access token. */
  scope?: string;
}

export interface Proof {
  person: Person;
  /** How long the token is good from now on. */
  secondsLeft: number;
}

/** Signed with the provider's private key. Anything else, `none` and secrets above all, is something a forger could make too. */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
  ...["EdDSA", "Ed25519"],
];

/** For clocks that differ. */
const TOLERANCE_SECONDS = 30;

/** Whose access token this is; the error says, for the log and for nobody else, why it is not taken. Throws `ProviderUnreachable`. */
export async function proveToken(token: string, rules: TokenRules, clock: Clock): Promise<Result<Proof, string>> {
  const now = new Date(msOf(clock()));
  const read = await readToken(token, rules, now);
  if (!read.ok) return read;
  const claims = read.value;
  if (!isFor(claims, rules.audience)) return err("the token is for another audience");
  if (rules.scope !== undefined && !scopesOf(claims).includes(rules.scope)) return err("the token lacks the scope");
  // Cognito's word for what a token is; where it is said it must be right.
  if ((claims.token_use ?? "access") !== "access") return err("the token is no access token");
  const name = nameOf(claims);
  if (name === undefined) return err("the token names nobody");
  const secondsLeft = (claims.exp ?? 0) - Math.floor(now.getTime() / 1_000);
  return ok({ person: { name, rights: rightsOf(claims[rules.claim]) }, secondsLeft });
}

/** The person behind `Authorization: Bearer …`, checked here even where a gateway has done so before. */
export function bearerPerson(rules: TokenRules, clock: Clock): (c: Context) => Promise<Person | undefined> {
  return async (c) => {
    const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (token === undefined) return undefined;
    const proof = await proveToken(token, rules, clock);
    return proof.ok ? proof.value.person : undefined;
  };
}

async function readToken(
  token: string,
  { issuer }: TokenRules,
  currentDate: Date,
): Promise<Result<JWTPayload, string>> {
  const { keys } = await providerOf(issuer);
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ALGORITHMS,
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ["exp"],
      currentDate,
    });
    return ok(payload);
  } catch (error) {
    if (isAboutToken(error)) return err(error.message);
    throw isUnreachable(error) ? error : unreachable("the keys of the provider could not be read", error);
  }
}

/** All that jose finds wrong, but for what lies with the provider's keys. */
function isAboutToken(error: unknown): error is Error {
  const ofKeys = [errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code];
  return error instanceof errors.JOSEError && !ofKeys.includes(error.code);
}

/** Cognito's access tokens have `client_id` and no `aud`; API Gateway looks at them in the same order. */
function isFor({ aud, client_id }: JWTPayload, audience: string): boolean {
  return [aud ?? client_id].flat().includes(audience);
}

/** `scope` of RFC 9068, or `scp` as Entra and Okta have it. */
function scopesOf({ scope, scp }: JWTPayload): unknown[] {
  return [scope, scp].flat().flatMap((one) => (typeof one === "string" ? one.split(" ") : []));
}

/**
 * What decisions are signed with: the first claim that is a name in its one form. An address counts unless the provider says that nobody
 * verified it; what follows is for providers whose access tokens have none. A preferred name is one that people choose themselves, so it
 * never stands for an address: where the same address is verified, that has been taken before.
 */
function nameOf({ email, email_verified, preferred_username, username, sub }: JWTPayload): string | undefined {
  const unverified = email_verified === false || email_verified === "false";
  const preferred = looksLikeAddress(preferred_username) ? undefined : preferred_username;
  return [unverified ? undefined : email, preferred, username, sub].find(isPersonName);
}

/** Any width of the sign, as mail programs and people read it. */
function looksLikeAddress(claim: unknown): boolean {
  return typeof claim === "string" && claim.normalize("NFKC").includes("@");
}
