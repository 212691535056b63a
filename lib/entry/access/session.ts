import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

const SESSION = "knockoff-session";
const LOGIN = "knockoff-login";

/** `__Host-`: sent over TLS and to this host alone, and planted by no neighbour of its domain. */
const HOST_ONLY = { prefix: "host", path: "/", secure: true, httpOnly: true, sameSite: "Lax" } as const;

/**
 * A browser keeps 4,096 bytes of a cookie, with its name. Tokens that name many groups are longer and go over two; more would not pass
 * API Gateway, which takes 10,240 bytes of all headers together.
 */
const PIECE = 3_800;
const PIECES = [SESSION, `${SESSION}-2`];

const DAY_SECONDS = 86_400;

/**
 * Keeps the access token itself with the browser, so that the server keeps nothing: for as long as it is good, but for a day at most.
 * False where it is too long to be kept.
 */
export function keepSession(c: Context, token: string, seconds: number): boolean {
  if (token.length > PIECE * PIECES.length) return false;
  PIECES.forEach((name, at) => {
    const piece = token.slice(at * PIECE, (at + 1) * PIECE);
    if (piece !== "") setCookie(c, name, piece, { ...HOST_ONLY, maxAge: Math.min(seconds, DAY_SECONDS) });
    else forget(c, name);
  });
  return true;
}

export function sessionOf(c: Context): string | undefined {
  const token = PIECES.map((name) => getCookie(c, name, "host") ?? "").join("");
  return token === "" ? undefined : token;
}

export function endSession(c: Context): void {
  for (const name of PIECES) forget(c, name);
}

/** What a browser holds between the way to the provider and the way back. */
export interface Login {
  state: string;
  nonce: string;
  verifier: string;
  /** Where it wanted to go. */
  to: string;
  /** Whether they came to sign in themselves, and were not sent by another site. */
  own: boolean;
}

/** Long enough to look for one's second factor. */
const LOGIN_SECONDS = 600;

export function keepLogin(c: Context, login: Login): void {
  const value = new URLSearchParams({ ...login, own: String(login.own) }).toString();
  setCookie(c, LOGIN, value, { ...HOST_ONLY, maxAge: LOGIN_SECONDS });
}

/** Taken once: the same answer of the provider must not let in twice. */
export function takeLogin(c: Context): Login | undefined {
  const value = getCookie(c, LOGIN, "host");
  if (value === undefined) return undefined;
  forget(c, LOGIN);
  const kept = new URLSearchParams(value);
  const [state, nonce, verifier] = [kept.get("state"), kept.get("nonce"), kept.get("verifier")];
  const [to, own] = [kept.get("to") ?? "/", kept.get("own") === "true"];
  return state && nonce && verifier ? { state, nonce, verifier, to, own } : undefined;
}

const ARRIVAL = "knockoff-arrival";
/** Long enough for one redirect. */
const ARRIVAL_SECONDS = 30;

/** To the browser the first page after the provider's comes from another site; this tells it from those that do. */
export function markArrival(c: Context): void {
  setCookie(c, ARRIVAL, "1", { ...HOST_ONLY, maxAge: ARRIVAL_SECONDS });
}

/** Once: what another site opens afterwards is its own. */
export function hasArrived(c: Context): boolean {
  const arrived = getCookie(c, ARRIVAL, "host") !== undefined;
  forget(c, ARRIVAL);
  return arrived;
}

function forget(c: Context, name: string): void {
  if (getCookie(c, name, "host") !== undefined) setCookie(c, name, "", { ...HOST_ONLY, maxAge: 0 });
}
