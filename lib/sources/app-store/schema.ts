import * as z from "zod";
import { LIMITS } from "../../domain/listing/listing.ts";
import { nameText, safeUrl } from "../parse.ts";

/** A text an analyst must see: present, and something is left when it is cleaned. */
const said = z
  .string()
  .max(LIMITS.name * 10)
  .refine((text) => nameText(text) !== undefined, "empty");
const webUrl = z.string().refine((url) => safeUrl(url) !== undefined, "not an http(s) address");
const text = z.string().optional().catch(undefined);

/** One app in an answer of Apple's Search and Lookup API. Apple leaves out the
 * address of sellers that gave none; answers of 2014 had no date of the current version. */
export const appSchema = z.object({
  wrapperType: z.literal("software"),
  kind: z.enum(["software", "mac-software"]),
  trackId: z.int().positive(),
  trackName: said,
  bundleId: z.string().min(1).max(255),
  artistId: z.int().positive(),
  artistName: said,
  artworkUrl512: webUrl,
  trackViewUrl: z.string(),
  sellerUrl: text,
  description: z.string(),
  version: z.string(),
  releaseDate: z.string(),
  currentVersionReleaseDate: text,
});

export type App = z.output<typeof appSchema>;

/** Every good answer; one to a bad question is `{errorMessage, queryParameters}` instead. */
export const envelopeSchema = z.object({ resultCount: z.int().min(0), results: z.array(z.unknown()) });

/** A developer's lookup begins with the developer. */
export const artistSchema = z.object({ wrapperType: z.literal("artist") });

export const refusalSchema = z.object({ errorMessage: z.string() });

export const hintsSchema = z.array(z.object({ term: z.string() }));
