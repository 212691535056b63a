import * as z from "zod";

/** Written even where there is nothing to say. */
const text = z.string().nullable();

/** `owner/repository`, in the characters that GitHub allows; neither part can lead out of an address's path. */
export const repositoryKey = z.string().regex(/^[\w-]{1,100}\/(?!\.{1,2}$)[\w.-]{1,100}$/, "not owner/repository");

export const searchSchema = z.object({
  total_count: z.int().min(0),
  incomplete_results: z.boolean(),
  items: z.array(z.unknown()),
});

export const repositorySchema = z.object({
  full_name: repositoryKey,
  name: z.string().min(1),
  owner: z.object({ login: z.string().min(1).max(100), avatar_url: z.string() }),
  description: text,
  homepage: text,
  created_at: z.string(),
  pushed_at: z.string(),
});

export type Repository = z.output<typeof repositorySchema>;

export const releaseSchema = z.object({
  tag_name: z.string(),
  published_at: text,
  assets: z.array(z.unknown()),
});

export const assetSchema = z.object({
  name: z.string(),
  browser_download_url: z.string(),
  download_count: z.number(),
});
