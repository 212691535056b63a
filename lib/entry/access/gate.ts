import type { Context, Hono } from "hono";
import type { Person } from "./rights.ts";

/** How people who use a browser prove who they are; each host has its own. */
export interface Gate {
  /** The person whose session this request carries; undefined where nobody is signed in. */
  personOf(c: Context): Promise<Person | undefined>;
  /** Where a browser without a session is sent; undefined where only a link from elsewhere lets somebody in. */
  signIn?: string;
  /** Where a form posts to end the session. */
  signOut: string;
  /** Adds the gate's own pages (sign-in, callback, sign-out), which need no session. */
  mount(site: Hono): void;
}
