import type { Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import * as oidc from "openid-client";
import type { Clock } from "../../kernel/time.ts";
import type { Gate } from "./gate.ts";
import { type GatePage, gatePage } from "./gate-pages.ts";
import { localPath } from "./local-path.ts";
import { GATE_PATHS } from "./paths.ts";
import { isOnThisMachine, isUnreachable, providerOf } from "./provider.ts";
import type { Person } from "./rights.ts";
import { endSession, keepLogin, keepSession, type Login, markArrival, sessionOf, takeLogin } from "./session.ts";
import { proveToken, type TokenRules } from "./token.ts";
import { isFromElsewhere } from "./visit.ts";

/** How browsers sign in at the bank's own OpenID provider. */
export interface OidcOptions extends TokenRules {
  /** Where people open the console, such as `https://knockoff.bank.example`. Never taken from a request, which anybody can write. */
  address: string;
  /** The console as the provider knows it: a public client, which PKCE protects, unless the provider gave it a secret. */
  client: { id: string; secret?(): Promise<string | undefined> };
  /** What the provider is asked for; without it `openid` and the scope that tokens must have. */
  scopes?: string;
  /** What else the provider wants to be told, such as Auth0's `audience`. */
  parameters?: Readonly<Record<string, string>>;
  clock: Clock;
  /** Why somebody was not let in, for the log: the page tells it to nobody. */
  report?(problem: GatePage, detail: string): void;
}

const DEADLINE_SECONDS = 10;

/**
 * Lets in by the authorization code flow with PKCE, state and nonce. The session is the access token itself, in a cookie, checked anew
 * with every request: it ends when the token does, and a browser then goes once more to the provider, which mostly asks nothing.
 */
export function createOidcGate(options: OidcOptions): Gate {
  return {
    signIn: GATE_PATHS.signIn,
    signOut: GATE_PATHS.signOut,
    personOf: (c) => personOf(c, options),
    mount(site: Hono) {
      site.get(GATE_PATHS.signIn, (c) => begin(c, options));
      site.get(GATE_PATHS.callback, (c) => finish(c, options));
      site.post(GATE_PATHS.signOut, csrf({ origin: new URL(options.address).origin }), (c) => leave(c, options));
      site.get(GATE_PATHS.signedOut, (c) => gatePage(c, "signed-out"));
    },
  };
}

/** While the provider's keys cannot be read nobody is signed in; the way to sign in then says why. */
async function personOf(c: Context, options: OidcOptions): Promise<Person | undefined> {
  const token = sessionOf(c);
  if (token === undefined) return undefined;
  try {
    const proof = await proveToken(token, options, options.clock);
    return proof.ok ? proof.value.person : undefined;
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    options.report?.("unreachable", detailOf(error));
    return undefined;
  }
}

async function begin(c: Context, options: OidcOptions): Promise<Response> {
  try {
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const verifier = oidc.randomPKCECodeVerifier();
    const url = oidc.buildAuthorizationUrl(await clientOf(options), {
      ...options.parameters,
      redirect_uri: callbackOf(options).href,
      scope: options.scopes ?? ["openid", options.scope].filter(Boolean).join(" "),
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    keepLogin(c, { state, nonce, verifier, to: localPath(c.req.query("to")), own: !isFromElsewhere(c) });
    c.header("cache-control", "no-store");
    return c.redirect(url.href);
  } catch (error) {
    return refuse(c, options, error);
  }
}

async function finish(c: Context, options: OidcOptions): Promise<Response> {
  const login = takeLogin(c);
  c.header("cache-control", "no-store");
  if (login === undefined || c.req.query("state") !== login.state) {
    // A second tab came first: whoever is in by now has no use for an error.
    if ((await personOf(c, options)) !== undefined) return c.redirect("/");
    return say(c, options, "stale", "the state belongs to no sign-in of this browser");
  }
  try {
    const token = await exchange(c, options, login);
    const proof = await proveToken(token, options, options.clock);
    if (!proof.ok) return say(c, options, "refused", proof.error);
    if (!keepSession(c, token, proof.value.secondsLeft)) return say(c, options, "too-long", `${token.length} bytes`);
    if (login.own && isFromElsewhere(c)) markArrival(c);
    return c.redirect(localPath(login.to));
  } catch (error) {
    return refuse(c, options, error);
  }
}

/** The code for an access token; what comes with it proves that the provider made it for this very sign-in. */
async function exchange(c: Context, options: OidcOptions, { state, nonce, verifier }: Login): Promise<string> {
  const here = callbackOf(options);
  here.search = new URL(c.req.url).search;
  const client = await clientOf(options, await options.client.secret?.());
  const tokens = await oidc.authorizationCodeGrant(client, here, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  return tokens.access_token;
}

/**
 * Ends the session here and, where the provider can, there. A form must not be redirected to another site (`form-action` of the
 * page that holds it forbids it), so a page answers, and that page goes on by itself.
 */
async function leave(c: Context, options: OidcOptions): Promise<Response> {
  endSession(c);
  return gatePage(c, "signed-out", await endOfProvider(options));
}

async function endOfProvider(options: OidcOptions): Promise<string | undefined> {
  try {
    const client = await clientOf(options);
    if (client.serverMetadata().end_session_endpoint === undefined) return undefined;
    const back = new URL(GATE_PATHS.signedOut, options.address).href;
    // Cognito's word for it is its own.
    return oidc.buildEndSessionUrl(client, { post_logout_redirect_uri: back, logout_uri: back }).href;
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    return undefined;
  }
}

async function clientOf({ issuer, client }: OidcOptions, secret?: string): Promise<oidc.Configuration> {
  const { description } = await providerOf(issuer);
  const authentication = authenticationOf(secret, description.token_endpoint_auth_methods_supported);
  const configuration = new oidc.Configuration(description, client.id, undefined, authentication);
  configuration.timeout = DEADLINE_SECONDS;
  // Their TLS would do, but a signature costs nothing.
  oidc.enableNonRepudiationChecks(configuration);
  if (isOnThisMachine(issuer)) oidc.allowInsecureRequests(configuration);
  return configuration;
}

/** In a header where the provider does not say that a form will do. */
function authenticationOf(secret: string | undefined, methods: readonly string[] = []): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  return methods.includes("client_secret_post") ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret);
}

function callbackOf({ address }: OidcOptions): URL {
  return new URL(GATE_PATHS.callback, address);
}

function refuse(c: Context, options: OidcOptions, error: unknown): Response | Promise<Response> {
  return say(c, options, pageFor(error), detailOf(error));
}

function say(c: Context, options: OidcOptions, page: GatePage, detail: string): Response | Promise<Response> {
  options.report?.(page, detail);
  return gatePage(c, page);
}

/** Throws what is none of the provider's doing. */
function pageFor(error: unknown): GatePage {
  if (error instanceof oidc.AuthorizationResponseError)
    return error.error === "access_denied" ? "not-let-in" : "refused";
  // A code that was used before, or lay too long.
  if (error instanceof oidc.ResponseBodyError) return error.error === "invalid_grant" ? "stale" : "refused";
  if (isUnreachable(error) || isOfNetwork(error)) return "unreachable";
  if (error instanceof oidc.ClientError) return "refused";
  throw error;
}

/** `fetch` itself fails with a TypeError that has a cause. */
function isOfNetwork(error: unknown): boolean {
  if (error instanceof TypeError) return error.cause !== undefined;
  return error instanceof oidc.ClientError && error.code === "OAUTH_TIMEOUT";
}

/** Errors of providers, with the ones beneath them; they hold no tokens. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError;
  const own = said ? `${error.error}: ${error.error_description ?? error.message}` : error.message;
  return (error.cause instanceof Error ? `${own}: ${detailOf(error.cause)}` : own).slice(0, 500);
}
