/** As much of a browser as a sign-in needs: it follows redirects, and keeps cookies of one site by the rules of `__Host-`. */
export interface Browser {
  cookies: Map<string, Cookie>;
  /** The last answer that was no redirect; `trail` is where it went on the way. */
  get(path: string): Promise<Visit>;
  post(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Visit>;
}

export interface Visit {
  status: number;
  headers: Headers;
  body: string;
  trail: string[];
}

export interface Cookie {
  value: string;
  maxAge?: number;
}

type Serve = (request: Request) => Promise<Response> | Response;

const MOST_HOPS = 10;

/** `serve` answers for the site; everything else is asked of this machine's network. */
export function openBrowser(origin: string, serve: Serve): Browser {
  const cookies = new Map<string, Cookie>();

  async function visit(first: Request): Promise<Visit> {
    const trail: string[] = [];
    let request = first;
    while (trail.length < MOST_HOPS) {
      const { origin: where } = new URL(request.url);
      const response = where === origin ? await ask(request) : await fetch(request, { redirect: "manual" });
      const location = response.headers.get("location");
      if (location === null)
        return { status: response.status, headers: response.headers, body: await response.text(), trail };
      const next = new URL(location, request.url);
      trail.push(next.href);
      request = new Request(next);
    }
    throw new Error(`redirected for ever: ${trail.join(" ")}`);
  }

  async function ask(request: Request): Promise<Response> {
    const sent = [...cookies].map(([name, { value }]) => `${name}=${value}`).join("; ");
    const headers = new Headers(request.headers);
    if (sent !== "") headers.set("cookie", sent);
    const response = await serve(new Request(request, { headers }));
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return response;
  }

  return {
    cookies,
    get: (path) => visit(new Request(new URL(path, origin))),
    post: (path, form = {}, headers = { "sec-fetch-site": "same-origin" }) =>
      visit(new Request(new URL(path, origin), { method: "POST", body: new URLSearchParams(form), headers })),
  };
}

/** Refuses what a browser refuses, and what must not be set at all. */
function keep(cookies: Map<string, Cookie>, line: string): void {
  const [pair = "", ...attributes] = line.split("; ");
  const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
  const said = new Map(attributes.map((each) => [each.split("=")[0]?.toLowerCase(), each.split("=")[1]]));
  const wanted = name.startsWith("__Host-") && said.has("secure") && said.get("path") === "/" && !said.has("domain");
  if (!wanted || !said.has("httponly") || said.get("samesite") !== "Lax") throw new Error(`unsafe cookie: ${line}`);
  if (pair.length > 4_096) return;
  const maxAge = said.has("max-age") ? Number(said.get("max-age")) : undefined;
  if (maxAge === 0) cookies.delete(name);
  else cookies.set(name, { value, maxAge });
}
