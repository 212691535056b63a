import { type App, Validations } from "aws-cdk-lib";
import type { Deployment } from "./deployment.ts";

/** What cdk-nag's AwsSolutions rules object to and what stays all the same, with the reason. Nothing else passes. */
export interface Acknowledged {
  /** The construct, from the stack down; the stack without the deployment's name. */
  at: string;
  rule: string;
  /** Where a rule objects to several things in one place: which of them, in cdk-nag's words. */
  findings?: string[];
  reason: string;
}

/** ARNs as cdk-nag writes them. */
const EVIDENCE = "{name}Storage:ExportsOutputFnGetAttEvidence4CC26D68Arn9E0A376E";
const CONFIG = "{name}Storage:ExportsOutputFnGetAttConfig57D1D894ArnD3D0E93F";
const MACHINE = '{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"Machine6FC8AE80"}]}]}';
const EXECUTION = `arn:<AWS::Partition>:states:{region}:{account}:execution:${MACHINE}`;

const keepsEvidence = (at: string): Acknowledged => ({
  at,
  rule: "AwsSolutions-IAM5",
  findings: [`Resource::${EVIDENCE}/evidence/*`, `Resource::${EVIDENCE}/about/*`],
  reason: "Evidence is named by its own hash, which nobody knows before it is fetched.",
});

const showsEvidence = (at: string): Acknowledged => ({
  ...keepsEvidence(at),
  reason: "People look at any evidence there is, and its names are not known before.",
});

const opensToBrowsers = (route: string): Acknowledged => ({
  at: `Console/Gateway/${route}`,
  rule: "AwsSolutions-APIG4",
  reason:
    "Browsers bring a cookie, which the gateway cannot read: the function checks the token in it with every call.",
});

export const ACKNOWLEDGED: readonly Acknowledged[] = [
  keepsEvidence("Scan/DrainRole"),
  keepsEvidence("Scan/DrainGooglePlayRole"),
  keepsEvidence("Scan/DrainAppStoreRole"),
  keepsEvidence("Scan/AcceptRole"),
  {
    at: "Scan/AcceptRole",
    rule: "AwsSolutions-IAM5",
    findings: [`Resource::${CONFIG}/incoming/*`],
    reason: "The bank names its icons and papers as it likes.",
  },
  {
    at: "Scan/MachineRole",
    rule: "AwsSolutions-IAM5",
    findings: ["Resource::*"],
    reason: "The log delivery of Step Functions and X-Ray know no narrower resource.",
  },
  {
    at: "Scan/MachineChildren",
    rule: "AwsSolutions-IAM5",
    findings: [`Resource::${EXECUTION}:*`, `Resource::${EXECUTION}/*:*`],
    reason: "A distributed map follows executions of its own machine, whose names nobody knows beforehand.",
  },
  {
    at: "Scan/MissedStarts",
    rule: "AwsSolutions-SQS3",
    reason: "It is the dead-letter queue of the schedules, which the rule does not look at.",
  },
  {
    at: "Storage/Credentials",
    rule: "AwsSolutions-SMG4",
    reason: "Stores issue these credentials; nothing in the account can make new ones.",
  },
  showsEvidence("Console/ApiRole"),
  showsEvidence("Console/ConsoleRole"),
  ...["GET--", "POST--", "GET--{proxy+}", "POST--{proxy+}"].map(opensToBrowsers),
  {
    at: "Console/LoginSecret",
    rule: "AwsSolutions-SMG4",
    reason: "The bank's login issues it; nothing in the account can make a new one.",
  },
  {
    at: "Console/OriginSecret",
    rule: "AwsSolutions-SMG4",
    reason: "CloudFront and the function hold it as deployed, so only a deployment can change it in both.",
  },
  {
    at: "Console/Front",
    rule: "AwsSolutions-CFR1",
    reason: "Analysts travel; the login decides who may read, and not the country.",
  },
];

/** Tells cdk-nag what is acknowledged. An entry for a construct that this deployment does not have says nothing. */
export function acknowledge(app: App, { name, region, account }: Deployment): void {
  const words = { name, region, account: account ?? "<AWS::AccountId>" };
  for (const { at, rule, findings, reason } of ACKNOWLEDGED) {
    const [stack = "", ...path] = at.split("/");
    const construct = path.reduce((node, id) => node?.node.tryFindChild(id), app.node.tryFindChild(`${name}${stack}`));
    if (construct === undefined) continue;
    const ids = findings?.map((finding) => `${rule}[${filled(finding, words)}]`) ?? [rule];
    for (const id of ids) Validations.of(construct).acknowledge({ id: `AwsSolutions::${id}`, reason });
  }
}

function filled(text: string, words: Record<string, string>): string {
  return text.replace(/\{(name|region|account)\}/g, (_, word: string) => words[word] ?? "");
}
