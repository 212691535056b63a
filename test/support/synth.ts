import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import { AwsSolutionsChecks } from "cdk-nag";
import { acknowledge } from "../../infra/acknowledged.ts";
import { type Deployment, deployment } from "../../infra/deployment.ts";
import { makeStacks } from "../../infra/stacks.ts";

/**
 * Without the image layer there is nothing to deploy, and what needs the stacks is skipped with a line that says so. In CI it must be
 * there: a skipped proof must not look like a passed one.
 */
export function layerIsBuilt(): boolean {
  const built = existsSync(new URL("../../infra/image-layer/nodejs/node_modules/sharp", import.meta.url));
  if (!built && process.env.CI)
    throw new Error("the image layer is not built, and CI requires it: npm run build:layer");
  if (!built) console.warn("skipped, because the image layer is not built: npm run build:layer");
  return built;
}

export interface Resource {
  stack: string;
  id: string;
  type: string;
  properties: Record<string, unknown>;
  deletion?: string;
}

export interface Synthesized {
  resources: Resource[];
  /** The templates as they would be sent. */
  texts: string[];
  assembly: CloudAssembly;
}

/** A login with all that can be said of one. */
const LOGIN = {
  issuer: "https://login.northwind.example",
  audience: "knockoff",
  clientId: "knockoff-console",
  clientHasSecret: true,
  scopes: "openid api://knockoff/use",
  parameters: { audience: "knockoff", prompt: "select_account" },
};
const mail = {
  findings: ["soc@northwind.example"],
  digest: ["fraud@northwind.example"],
  operations: ["ops@northwind.example"],
};

/** Deployments that differ in all that a deployment can differ in. */
export const DEPLOYMENTS: Record<string, Deployment> = {
  "as shipped": deployment,
  "aws with all that is optional": {
    ...deployment,
    name: "Whole",
    account: "123456789012",
    login: "cognito",
    mail,
    proxy: "http://proxy.northwind.example:3128",
    evidence: { lock: "COMPLIANCE", days: 1_000 },
    edge: {
      cloudFront: true,
      firewall: true,
      domain: {
        name: "knockoff.northwind.example",
        certificateArn: ["arn", "aws", "acm", "us-east-1", "123456789012", "certificate/1"].join(":"),
      },
    },
  },
  "aws in a region that must be opted into": { ...deployment, region: "eu-south-1", login: "cognito" },
  "aws-cn": {
    ...deployment,
    region: "cn-north-1",
    login: LOGIN,
    address: "https://knockoff.northwind.example",
    mail,
  },
  "aws-us-gov": { ...deployment, region: "us-gov-west-1", login: "cognito", mail },
};

/** Synthesizes all stacks, offline; throws what cdk-nag finds beyond the acknowledged. */
export function synthesize(wanted: Deployment): Synthesized {
  const app = new App({
    context: JSON.parse(readFileSync(new URL("../../cdk.json", import.meta.url), "utf8")).context,
  });
  makeStacks(app, wanted);
  acknowledge(app, wanted);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const assembly = app.synth();
  const texts = assembly.stacks.map((stack) => readFileSync(join(assembly.directory, stack.templateFile), "utf8"));
  const resources = texts.flatMap((text, at) => {
    const { Resources } = JSON.parse(text) as { Resources: Record<string, TemplateResource> };
    const stack = assembly.stacks[at]?.stackName.replace(wanted.name, "") ?? "";
    return Object.entries(Resources).map(([id, resource]): Resource => {
      return {
        stack,
        id,
        type: resource.Type,
        properties: resource.Properties ?? {},
        deletion: resource.DeletionPolicy,
      };
    });
  });
  return { resources, texts, assembly };
}

interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
}

export function ofType({ resources }: Synthesized, ...types: string[]): Resource[] {
  return resources.filter(({ type }) => types.some((wanted) => type === `AWS::${wanted}`));
}
