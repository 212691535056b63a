import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";

/** How the provider, or somebody who would be it, does what it must not. */
export type Mischief =
  | "denies"
  | "answers another state"
  | "asks for a second factor it lacks"
  | "wrong audience"
  | "wrong issuer"
  | "expired"
  | "alg none"
  | "HS256 with the public key"
  | "another's key"
  | "no scope"
  | "no expiry"
  | "opaque"
  | "ID token with another nonce"
  | "ID token for another client"
  | "ID token with another's key"
  | "ID token with alg none"
  | "no ID token"
  | "ID token as access token"
  | "takes no code twice";

/** An OpenID provider on this machine that approves of whoever `user` is, at once. */
export interface Issuer {
  url: string;
  audience: string;
  clientId: string;
  /** Demanded of the client where it is set. */
  secret?: string;
  /** Claims of the access token of the next one who signs in. */
  user: JWTPayload;
  mischief?: Mischief;
  /** Whether it has a way to sign out. */
  endsSessions: boolean;
  /** An access token as a program would be given one. */
  tokenFor(claims: JWTPayload, mischief?: Mischief): Promise<string>;
  /** What was asked of it, by path. */
  asked: string[];
  /** From now on the keys it signs with are new ones. */
  rotateKeys(): Promise<void>;
  stop(): Promise<void>;
}

/** What the authorization endpoint was told, and the code stands for. */
interface Grant {
  challenge: string;
  nonce: string;
  redirectUri: string;
  scope: string;
}

const AUDIENCE = "knockoff";
const CLIENT = "knockoff-console";
const SCOPE = "knockoff/use";

export async function startIssuer(): Promise<Issuer> {
  let keys = await makeKeys();
  const others = await makeKeys();
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const issuer: Issuer = {
    url,
    audience: AUDIENCE,
    clientId: CLIENT,
    user: { sub: "user-1", email: "ada@bank.example", groups: ["knockoff:northwind:analyst"] },
    endsSessions: true,
    asked: [],
    tokenFor: (claims, mischief) => accessToken(claims, SCOPE, mischief),
    async rotateKeys() {
      keys = await makeKeys();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "", url);
    issuer.asked.push(pathname);
    if (pathname === "/.well-known/openid-configuration") return json(response, 200, describe());
    if (pathname === "/keys") return json(response, 200, { keys: [await publicJwk(keys)] });
    if (pathname === "/authorize") return redirect(response, approve(searchParams));
    if (pathname === "/logout") return redirect(response, searchParams.get("post_logout_redirect_uri") ?? url);
    if (pathname === "/token" && request.method === "POST") {
      const { status, body } = await exchange(new URLSearchParams(await text(request)));
      return json(response, status, body);
    }
    response.writeHead(404).end();
  }

  function describe(): object {
    return {
      issuer: url,
      jwks_uri: `${url}/keys`,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      end_session_endpoint: issuer.endsSessions ? `${url}/logout` : undefined,
      token_endpoint_auth_methods_supported: ["none", "client_secret_post"],
      id_token_signing_alg_values_supported: ["ES256"],
      code_challenge_methods_supported: ["S256"],
    };
  }

  function approve(wish: URLSearchParams): string {
    const back = new URL(wish.get("redirect_uri") ?? "");
    const state = wish.get("state") ?? "";
    back.searchParams.set("state", issuer.mischief === "answers another state" ? randomUUID() : state);
    const refusal = refusalOf(wish);
    if (refusal !== undefined) {
      back.searchParams.set("error", refusal);
      back.searchParams.set("error_description", "<script>alert(1)</script>");
      return back.href;
    }
    const code = randomUUID();
    const [challenge = "", nonce = "", scope = ""] = ["code_challenge", "nonce", "scope"].map(
      (name) => wish.get(name) ?? "",
    );
    grants.set(code, { challenge, nonce, redirectUri: wish.get("redirect_uri") ?? "", scope });
    back.searchParams.set("code", code);
    return back.href;
  }

  function refusalOf(wish: URLSearchParams): string | undefined {
    if (issuer.mischief === "denies") return "access_denied";
    if (issuer.mischief === "asks for a second factor it lacks") return "login_required";
    const asked = ["response_type", "client_id", "code_challenge_method"].map((name) => wish.get(name)).join(" ");
    const proper = asked === `code ${CLIENT} S256` && wish.get("scope")?.split(" ").includes("openid");
    return proper ? undefined : "invalid_request";
  }

  async function exchange(form: URLSearchParams): Promise<{ status: number; body: object }> {
    const code = form.get("code") ?? "";
    const grant = grants.get(code);
    if (form.get("client_id") !== CLIENT || (issuer.secret ?? null) !== form.get("client_secret")) {
      return { status: 401, body: { error: "invalid_client" } };
    }
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const proper = grant?.redirectUri === form.get("redirect_uri") && grant?.challenge === challenge;
    if (issuer.mischief === "takes no code twice" || grant === undefined || !proper) {
      return { status: 400, body: { error: "invalid_grant" } };
    }
    grants.delete(code);
    const idToken = issuer.mischief === "no ID token" ? undefined : await makeIdToken(grant);
    const access_token =
      issuer.mischief === "ID token as access token"
        ? idToken
        : await accessToken(issuer.user, grant.scope, issuer.mischief);
    return { status: 200, body: { access_token, id_token: idToken, token_type: "Bearer", expires_in: 3_600 } };
  }

  async function makeIdToken({ nonce }: Grant): Promise<string> {
    const { mischief, user } = issuer;
    const claims = { nonce: mischief === "ID token with another nonce" ? randomUUID() : nonce, groups: user.groups };
    const head = { iss: url, aud: mischief === "ID token for another client" ? "another" : CLIENT, sub: user.sub };
    const payload = timed({ ...head, ...claims });
    if (mischief === "ID token with alg none") return new UnsecuredJWT(payload).encode();
    return sign(payload, mischief === "ID token with another's key" ? { ...others, kid: keys.kid } : keys);
  }

  async function accessToken(claims: JWTPayload, scope: string, mischief?: Mischief): Promise<string> {
    const payload = timed({ iss: url, aud: AUDIENCE, scope, ...claims });
    switch (mischief) {
      case "wrong audience":
        return sign({ ...payload, aud: "another" }, keys);
      case "wrong issuer":
        return sign({ ...payload, iss: "https://login.elsewhere.example" }, keys);
      case "expired":
        return sign({ ...payload, exp: seconds() - 60 }, keys);
      case "no expiry":
        return sign({ ...payload, exp: undefined }, keys);
      case "no scope":
        return sign({ ...payload, scope: "openid" }, keys);
      case "alg none":
        return new UnsecuredJWT(payload).encode();
      case "HS256 with the public key":
        return new SignJWT(payload)
          .setProtectedHeader({ alg: "HS256", kid: keys.kid })
          .sign(new TextEncoder().encode(await exportSPKI(keys.publicKey)));
      case "another's key":
        return sign(payload, { ...others, kid: keys.kid });
      case "opaque":
        return randomUUID();
      default:
        return sign(payload, keys);
    }
  }
}

type Keys = Awaited<ReturnType<typeof makeKeys>>;

async function makeKeys() {
  return { ...(await generateKeyPair("ES256", { extractable: true })), kid: randomUUID() };
}

async function publicJwk({ publicKey, kid }: Keys): Promise<object> {
  return { ...(await exportJWK(publicKey)), kid, use: "sig", alg: "ES256" };
}

async function sign(payload: JWTPayload, { privateKey, kid }: Keys): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey);
}

function timed(payload: JWTPayload): JWTPayload {
  return { iat: seconds(), exp: seconds() + 3_600, ...payload };
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}

function json(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify(body));
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}
