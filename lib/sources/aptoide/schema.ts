import * as z from "zod";
import { nameText, safeUrl } from "../parse.ts";

/** Written even where there is nothing to say. */
const text = z.string().nullable();

/** One app of a search. A store that stops writing one of these has changed. */
export const hitSchema = z.object({
  id: z.int().positive(),
  name: z.string().refine((name) => nameText(name) !== undefined, "empty"),
  package: z.string().min(1).max(255),
  icon: z.string().refine((url) => safeUrl(url) !== undefined, "not an http(s) address"),
  added: text,
  modified: text,
  developer: z.object({ name: text }),
  store: z.object({ id: z.int().positive(), name: z.string() }),
  file: z.object({ vername: z.string(), path: text }),
  stats: z.object({ downloads: z.number() }),
});

export type Hit = z.output<typeof hitSchema>;

/** What details add. */
export const appSchema = hitSchema.extend({
  developer: z.object({ name: text, website: text, email: text }),
  file: z.object({ vername: z.string(), path: text, signature: z.object({ sha1: z.string() }) }),
  media: z.object({ description: z.string() }),
});

export type App = z.output<typeof appSchema>;

export const infoSchema = z.object({ info: z.object({ status: z.enum(["OK", "FAIL"]) }) });

export const searchSchema = z.object({
  datalist: z.object({ total: z.int().min(0), list: z.array(z.unknown()) }),
});

export const detailsSchema = z.object({ data: appSchema });

/** `APP-1` is how the store says that it has no such app. */
export const errorsSchema = z.object({ errors: z.array(z.object({ code: z.string() })).min(1) });
