import { RegionInfo } from "aws-cdk-lib/region-info";
import { type Deployment, LOG_DAYS } from "./deployment.ts";
import { partitionOf } from "./partition.ts";

/** All that is wrong with a deployment, in sentences; empty when it can be made. */
export function checkDeployment(deployment: Deployment): string[] {
  const {
    name,
    account,
    region,
    schedule,
    sourcesAtOnce,
    evidence,
    login,
    address,
    rights,
    mail,
    edge,
    proxy,
    logDays,
    monthlyBudgetUsd,
  } = deployment;
  const partition = partitionOf(region);
  const bankLogin = login === "cognito" ? undefined : login;
  const problems: [boolean, string][] = [
    [
      !/^[A-Za-z][A-Za-z0-9-]{0,30}$/.test(name),
      `name: "${name}" is not a letter and up to 30 letters, digits, hyphens`,
    ],
    [account !== undefined && !/^\d{12}$/.test(account), `account: "${account}" is not twelve digits`],
    [!RegionInfo.regions.some(({ name }) => name === region), `region: "${region}" is no region, such as eu-central-1`],
    [!within(schedule.hour, 0, 23), `schedule.hour: ${schedule.hour} is not 0 to 23`],
    [!within(schedule.minute, 0, 59), `schedule.minute: ${schedule.minute} is not 0 to 59`],
    [
      !isTimeZone(schedule.timeZone),
      `schedule.timeZone: "${schedule.timeZone}" is no time zone, such as Asia/Shanghai`,
    ],
    [!within(sourcesAtOnce, 1, 20), `sourcesAtOnce: ${sourcesAtOnce} is not 1 to 20`],
    [!within(evidence.days, 1, 36_500), `evidence.days: ${evidence.days} is not 1 to 36500`],
    [!(monthlyBudgetUsd > 0), "monthlyBudgetUsd: must be more than 0"],
    [bankLogin !== undefined && !isHttps(bankLogin.issuer), "login.issuer: must be an https address"],
    [bankLogin?.audience === "", "login.audience: must name what your tokens are for"],
    [bankLogin?.clientId === "", "login.clientId: must name the console as your provider knows it"],
    [
      bankLogin?.scopes !== undefined && !bankLogin.scopes.split(" ").includes("openid"),
      "login.scopes: must hold openid, which makes it a login",
    ],
    [address !== undefined && !isOrigin(address), "address: must be an https address without a path"],
    [
      address !== undefined && edge.domain !== undefined && address !== `https://${edge.domain.name}`,
      "address: edge.domain is where people open the console; leave it out",
    ],
    [
      login === "cognito" && /aws|amazon|cognito/i.test(name),
      `name: "${name}" must not hold aws, amazon or cognito, which Cognito takes in no address`,
    ],
    [rights.claim === "", "rights.claim: must name a claim of your tokens, such as groups"],
    [!LOG_DAYS.includes(logDays), `logDays: ${logDays} is none of ${LOG_DAYS.join(", ")}`],
    [
      login === "cognito" && !partition.cognito,
      `login: ${partition.name} has no Cognito user pools; name the bank's own issuer`,
    ],
    [edge.cloudFront && !partition.cloudFront, `edge.cloudFront: ${partition.name} has none that could serve this API`],
    [edge.firewall && !edge.cloudFront, "edge.firewall: stands before CloudFront, so edge.cloudFront must be on"],
    [edge.cloudFront && edge.domain === undefined, "edge.domain: CloudFront needs a name of yours and its certificate"],
    [
      edge.domain !== undefined && !/:acm:us-east-1:/.test(edge.domain.certificateArn),
      "edge.domain.certificateArn: must be one of ACM in us-east-1, where CloudFront reads it",
    ],
    [edge.domain !== undefined && !edge.cloudFront, "edge.domain: names CloudFront, so edge.cloudFront must be on"],
    [proxy !== undefined && !URL.canParse(proxy), `proxy: "${proxy}" is no address`],
    [
      proxy !== undefined && hasPassword(proxy),
      "proxy: must hold no password, which every reader of the template would see",
    ],
    [!/^\S+$/.test(rights.scope), `rights.scope: "${rights.scope}" is no scope`],
    [
      login === "cognito" && !/^[^/\s]+\/[^/\s]+$/.test(rights.scope),
      `rights.scope: "${rights.scope}" is not resource/scope, such as knockoff/use, as Cognito wants it`,
    ],
    ...Object.entries(mail).flatMap(([topic, all]) =>
      all.map((one): [boolean, string] => [!/^[^@\s]+@[^@\s]+$/.test(one), `mail.${topic}: "${one}" is no address`]),
    ),
  ];
  return problems.filter(([wrong]) => wrong).map(([, text]) => text);
}

/** What would let a deployment begin and then fail, or stay silent: told when somebody means to deploy, not when they look around. */
export function unready({ login, mail }: Deployment): string[] {
  const example = login !== "cognito" && /\.example$/.test(new URL(login.issuer).hostname);
  const problems: [boolean, string][] = [
    [example, "login.issuer: is still the example; the gateway reads it, from the internet, when it is made"],
    [mail.operations.length === 0, "mail.operations: somebody must be told of alarms and refused configurations"],
  ];
  return problems.filter(([wrong]) => wrong).map(([, text]) => text);
}

export function throwProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`infra/deployment.ts:\n  ${problems.join("\n  ")}`);
}

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}

function isOrigin(text: string): boolean {
  return isHttps(text) && new URL(text).origin === text;
}

function hasPassword(address: string): boolean {
  return URL.canParse(address) && new URL(address).password !== "";
}
