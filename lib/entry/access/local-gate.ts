import { randomBytes, timingSafeEqual } from "node:crypto";
import { getCookie, setCookie } from "hono/cookie";
import { sha256Hex } from "../../kernel/id.ts";
import type { Gate } from "./gate.ts";
import type { Person } from "./rights.ts";

/** A gate for one person on their own machine. */
export interface LocalGate extends Gate {
  /** Path of a link that lets in whoever opens it first, and nobody after. */
  newLink(): string;
}

const TWELVE_HOURS_SECONDS = 43_200;

/**
 * Lets in by a link that works once: other users of the machine can reach the port, but they have not seen the link. Sessions live in
 * memory and end with the program.
 */
export function createLocalGate(person: Person): LocalGate {
  // Cookies know hosts and no ports: two programs on this machine must not take each other's.
  const cookieName = `knockoff-${randomBytes(4).toString("hex")}`;
  const links = new Set<string>();
  const sessions = new Set<string>();
  return {
    newLink() {
      const token = secret();
      links.add(sha256Hex(token));
      return `/enter/${token}`;
    },
    async personOf(c) {
      const cookie = getCookie(c, cookieName);
      return cookie !== undefined && holds(sessions, cookie) ? person : undefined;
    },
    signOut: "/sign-out",
    mount(site) {
      site.get("/enter/:token", (c) => {
        const token = c.req.param("token");
        if (!holds(links, token)) return c.redirect("/", 303);
        links.delete(sha256Hex(token));
        const session = secret();
        sessions.add(sha256Hex(session));
        setCookie(c, cookieName, session, { path: "/", httpOnly: true, sameSite: "Lax", maxAge: TWELVE_HOURS_SECONDS });
        return c.redirect("/", 303);
      });
      site.post("/sign-out", (c) => {
        const cookie = getCookie(c, cookieName);
        if (cookie !== undefined) sessions.delete(sha256Hex(cookie));
        return c.redirect("/", 303);
      });
    },
  };
}

function secret(): string {
  return randomBytes(24).toString("base64url");
}

/** Compares hashes, every one of them, so that time tells nothing. */
function holds(hashes: ReadonlySet<string>, text: string): boolean {
  const asked = Buffer.from(sha256Hex(text));
  let found = false;
  for (const hash of hashes) if (timingSafeEqual(Buffer.from(hash), asked)) found = true;
  return found;
}
