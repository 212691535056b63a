/**
 * What sst.config.ts uses of sst 4.17. Its own types come with a platform that it downloads when it first runs, so a `reference` to them
 * would fail wherever it has not run yet; where it has, it would have all of that platform checked by our rules.
 */
declare namespace sst {
  class Linkable {
    constructor(name: string, definition: { properties: Record<string, string>; include: aws.Permission[] });
  }

  namespace aws {
    interface Permission {
      type: "aws.permission";
      actions: string[];
      resources: string[];
    }

    interface FunctionArgs {
      /** Path from the root without its ending, and the export. */
      handler: string;
      runtime: "nodejs24.x";
      architecture: "arm64";
      timeout: `${number} minutes`;
      link: Linkable[];
      environment: Record<string, string>;
      permissions: Permission[];
      copyFiles?: { from: string; to: string }[];
      nodejs?: { install?: string[]; esbuild?: { external?: string[] } };
    }

    // biome-ignore lint/suspicious/noShadowRestrictedNames: sst calls it so
    class Function {
      constructor(name: string, args: FunctionArgs);
      /** Of the Lambda function; a promise of sst's own kind, to be handed on only. */
      readonly name: unknown;
    }

    function permission(rights: Omit<Permission, "type">): Permission;
  }
}

interface SstApp {
  name: string;
  home: "aws";
  removal: "remove";
  providers: { aws: { region: string } };
}

interface SstConfig {
  app(input: { stage: string }): Promise<SstApp>;
  /** What it answers with is shown, and written to `.sst/outputs.json`. */
  run(): Promise<Record<string, unknown>>;
}

declare function $config(config: SstConfig): SstConfig;
