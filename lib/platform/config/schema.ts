import * as z from "zod";

/** The shape of `knockoff.yaml`; also the editors' JSON Schema. Every text and list is bounded. */

const short = z.string().trim().min(1).max(300);
const key = z.string().trim().min(1).max(200);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, "lower-case letters, digits and hyphens");
const country = z.string().regex(/^[A-Za-z]{2}$/, "two letters, ISO 3166-1");
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day as YYYY-MM-DD");
const packageName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)+$/, "a package id as com.example.app");
const address = z.url({ protocol: /^https?$/, error: "an http or https address" });
const list = <T extends z.ZodType>(item: T, most = 200) => z.array(item).max(most).default([]);

const name = z.union([
  short,
  z.strictObject({
    text: short,
    script: z.enum(["Latn", "Hans", "Hant", "Hang", "Jpan", "Cyrl", "Arab", "Thai", "Deva", "Other"]).optional(),
    distinctive: z.boolean().optional(),
  }),
]);
const publisher = z.strictObject({ store: id, name: short.optional(), key: key.optional() });
const place = z.strictObject({ store: id, key });

const app = z.strictObject({
  platform: z.enum(["android", "ios", "mac", "harmony"]),
  package: packageName.optional(),
  name: short.optional(),
  stores: z.record(id, key).default({}),
  description: z.string().max(20_000).optional(),
});

const brand = z.strictObject({
  id,
  title: short.optional(),
  country,
  names: z.array(name).min(1).max(60),
  aliases: list(name, 60),
  icons: list(short, 50),
  apps: list(app, 500),
  publishers: list(publisher),
  certificates: list(short),
  namespaces: list(packageName),
  domains: list(short),
  filing: z.strictObject({ number: short, holder: short.optional() }).optional(),
  trademarks: list(
    z.strictObject({
      number: short,
      country,
      class: short.optional(),
      text: short.optional(),
      expires: day.optional(),
    }),
  ),
  papers: list(
    z.strictObject({ kind: short, number: short.optional(), file: short.optional(), expires: day.optional() }),
  ),
  partners: list(
    z.strictObject({
      name: short,
      packages: list(packageName),
      publishers: list(publisher),
      certificates: list(short),
    }),
  ),
  searchTerms: list(short, 100),
  watch: z
    .strictObject({ listings: list(place, 1000), developers: list(place, 1000) })
    .default({ listings: [], developers: [] }),
  contact: z.strictObject({ name: short.optional(), email: short.optional(), phone: short.optional() }).optional(),
});

const source = z.strictObject({
  enabled: z.boolean().default(true),
  baseUrl: address.optional(),
  proxy: address.optional(),
  pace: z
    .strictObject({ perMinute: z.number().positive().max(6000), parallel: z.number().int().positive().max(32) })
    .optional(),
  canary: z
    .strictObject({ term: short, region: country, language: z.string().min(2).max(8), expectKey: key })
    .optional(),
  /** Name of the environment variable that holds the token: secrets stay out of the file. */
  credentialEnv: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/, "the name of an environment variable")
    .optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
});

const count = (most: number) => z.number().int().min(0).max(most);

export const configSchema = z.strictObject({
  language: z.enum(["en", "zh"]).optional(),
  /** Who stores can reach about our requests; part of the User-Agent, a header that takes no other characters. */
  contact: short.regex(/^[\x20-\x7e]+$/, "ASCII only: an address such as mailto:security@bank.example").optional(),
  regions: z.array(country).min(1).max(50).default(["us"]),
  budgets: z
    .strictObject({
      queriesPerSource: count(10_000).default(60),
      icons: count(100_000).default(3_000),
      detailsPerSource: count(100_000).default(200),
      patience: count(1_000).default(5),
    })
    .prefault({}),
  /** `fourEyes`: the one who sends a takedown request is not the one who drafted it. */
  review: z.strictObject({ fourEyes: z.boolean().default(false) }).prefault({}),
  network: z.strictObject({ allow: list(short), proxy: address.optional() }).prefault({}),
  sources: z.record(id, source).default({}),
  brands: z.array(brand).min(1).max(2_000),
});

export type ConfigFile = z.output<typeof configSchema>;
export type BrandEntry = ConfigFile["brands"][number];
export type SourceEntry = ConfigFile["sources"][string];
