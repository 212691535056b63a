import * as z from "zod";
import { LIMITS } from "../../domain/listing/listing.ts";
import { nameText, safeUrl } from "../parse.ts";

/** A text an analyst must see: present, and something is left when it is cleaned. */
const said = z
  .string()
  .max(LIMITS.name * 10)
  .refine((text) => nameText(text) !== undefined, "empty");
const webUrl = z.string().refine((url) => safeUrl(url) !== undefined, "not an http(s) address");

export const packageName = z
  .string()
  .max(255)
  .regex(/^[A-Za-z]\w*(?:\.\w+)+$/, "not a package name");

/** A developer's page: `/store/apps/dev?id=<number>` or `/store/apps/developer?id=<name>`; read as the id. */
const developerLink = z.string().transform((link, context) => {
  const url = URL.canParse(link, "https://play.google.com") ? new URL(link, "https://play.google.com") : undefined;
  const id = url?.searchParams.get("id") ?? "";
  if (url && /^\/store\/apps\/dev(?:eloper)?$/.test(url.pathname) && id !== "" && id.length <= LIMITS.short) return id;
  context.issues.push({ code: "custom", message: "not a developer's page", input: link });
  return z.NEVER;
});

const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);

const identity = { key: packageName, icon: webUrl, name: said, developer: said };

export const rowSchema = z.object({
  ...identity,
  developerLink: developerLink.optional(),
  summary: text,
  installs: text,
});
export const cardSchema = z.object({ ...identity, developerLink, summary: text, installs: text });

export const detailsSchema = z.object({
  ...identity,
  developerLink,
  description: z.string(),
  translation: text,
  installsLeast: number,
  installsExact: number,
  email: text,
  website: text,
  releasedSeconds: number,
  updatedSeconds: number,
  version: text,
});

export type Row = z.output<typeof rowSchema>;
export type Details = z.output<typeof detailsSchema>;

/** What the package answers for one hit. */
export const hitSchema = z.object({
  appId: packageName,
  title: said,
  icon: webUrl,
  developer: said,
  summary: text,
});

/** What the package answers for the details of an app. `version` reads "VARY" where the store states none. */
export const appSchema = z.object({
  appId: packageName,
  title: said,
  icon: webUrl,
  developer: said,
  description: z.string(),
  maxInstalls: number,
  minInstalls: number,
  developerEmail: text,
  developerWebsite: text,
  updated: number,
  version: text,
});
