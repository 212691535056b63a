import * as z from "zod";
import { nameText, safeUrl } from "../parse.ts";

const text = z.string().nullish().catch(undefined);

/** One app as search and details tell it; the certificate only in details. */
export const appSchema = z.object({
  id: z.int().positive(),
  name: z.string().refine((name) => nameText(name) !== undefined, "empty"),
  package: z.string().min(1).max(255),
  icon: z.string().refine((url) => safeUrl(url) !== undefined, "not an http(s) address"),
  added: text,
  modified: text,
  developer: z.object({ name: text, website: text, email: text }).nullish().catch(undefined),
  store: z.object({ id: z.int().positive(), name: z.string() }),
  file: z.object({
    vername: z.string(),
    path: text,
    signature: z.object({ sha1: z.string() }).nullish().catch(undefined),
  }),
  stats: z.object({ downloads: z.number() }),
  media: z.object({ description: z.string() }).nullish().catch(undefined),
});

export type App = z.output<typeof appSchema>;

export const infoSchema = z.object({ info: z.object({ status: z.enum(["OK", "FAIL"]) }) });

export const searchSchema = z.object({
  datalist: z.object({ total: z.int().min(0), list: z.array(z.unknown()) }),
});

export const detailsSchema = z.object({ data: appSchema });

/** `APP-1` is how the store says that it has no such app. */
export const errorsSchema = z.object({ errors: z.array(z.object({ code: z.string() })).min(1) });
