/** The rings of the design: imports point inwards only. */
const WORLD = "^lib/(sources|platform)/";
const OUTER = "^(lib/(sources|platform|workflows|entry)|functions|infra|test)/";

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "kernel-imports-nothing",
      severity: "error",
      from: { path: "^lib/kernel/" },
      to: { pathNot: ["^lib/kernel/", "^node:crypto$", "^crypto$"] },
    },
    { name: "domain-is-pure", severity: "error", from: { path: "^lib/domain/" }, to: { path: OUTER } },
    {
      name: "domain-does-no-io",
      comment: "inflate, hashes and the image decoder are arithmetic; everything else of Node touches the world",
      severity: "error",
      from: { path: "^lib/domain/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(zlib|crypto|buffer)$" },
    },
    {
      name: "adapter-keeps-to-itself",
      severity: "error",
      from: { path: "^lib/sources/([^/]+)/" },
      to: {
        path: "^(lib|functions|infra|test)/",
        pathNot: [
          "^lib/sources/$1/",
          "^lib/sources/(source|parse)\\.ts$",
          "^lib/kernel/",
          "^lib/domain/(listing|jar)/",
        ],
      },
    },
    {
      name: "adapter-does-no-io",
      severity: "error",
      from: { path: "^lib/sources/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(zlib|crypto|buffer|stream|events|module)$" },
    },
    {
      name: "platform-knows-the-domain-only",
      severity: "error",
      from: { path: "^lib/platform/" },
      to: { path: "^(lib/(sources/(?!source\\.ts)|workflows|entry)|functions|infra|test)" },
    },
    {
      name: "platform-types-of-sources-only",
      severity: "error",
      from: { path: "^lib/platform/" },
      to: { path: "^lib/sources/source\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "workflows-see-the-world-as-types",
      severity: "error",
      from: { path: "^lib/workflows/" },
      to: { path: WORLD, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "workflows-are-not-entered-from-within",
      severity: "error",
      from: { path: "^lib/workflows/" },
      to: { path: "^(lib/entry|functions|infra|test)/" },
    },
    {
      name: "only-infra-knows-cdk",
      severity: "error",
      from: { pathNot: "^(infra|test)/" },
      to: { path: "^(infra/(?!(deployment|functions|outputs)\\.ts$)|node_modules/(aws-cdk-lib|constructs|cdk-nag)/)" },
    },
    {
      name: "infra-knows-of-the-program-only-what-it-must",
      comment: "names that both sides use, and the catalog of sources that it writes beside the bundles",
      severity: "error",
      from: { path: "^infra/" },
      to: {
        path: "^(lib|functions|test)/",
        pathNot:
          "^(functions/(catalog|environment|front-door)|lib/entry/access/paths|lib/platform/dynamo/table|lib/sources/registry|lib/workflows/scan/askable)\\.ts$",
      },
    },
    { name: "program-does-not-know-its-tests", severity: "error", from: { pathNot: "^test/" }, to: { path: "^test/" } },
    {
      name: "storefront-shares-nothing-with-adapters",
      severity: "error",
      from: { path: "^test/storefront/(?!.*\\.test\\.ts$)" },
      to: { path: "^lib/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(node_modules|dist|coverage)/" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js"] },
  },
};
