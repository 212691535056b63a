import { join } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/** In a function the credentials are in the environment, where the SDK looks first: it never gets to other places. */
const UNREACHED_CREDENTIALS = ["ini", "sso", "process", "web-identity"].map(
  (place) => `@aws-sdk/credential-provider-${place}`,
);

/** Zod brings its messages in fifty languages, and no bundler can tell that the API answers in one of them. */
const zodInEnglish: Plugin = {
  name: "zod-in-english",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/locales\/index\.js$/ }, ({ importer, resolveDir }) =>
      /[\\/]node_modules[\\/]zod[\\/]/.test(importer) ? { path: join(resolveDir, "../locales/en.js") } : undefined,
    );
  },
};

/** How a function is bundled: one minified ES module, with its names kept so that stack traces in logs can be read. */
export function bundleOf(input: BuildOptions): BuildOptions {
  return {
    ...input,
    bundle: true,
    minify: true,
    keepNames: true,
    // The dictionaries of Chinese are a seventh smaller than with every character escaped.
    charset: "utf8",
    platform: "node",
    target: "node20",
    format: "esm",
    mainFields: ["module", "main"],
    // Sharp comes as a layer. The scraper of the App Store is loaded for suggestions only, which no function asks for.
    external: ["sharp", "app-store-scraper", ...UNREACHED_CREDENTIALS],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [zodInEnglish],
    logLevel: "warning",
  };
}
