import type { Deployment } from "./deployment.ts";
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
    rights,
    mail,
    edge,
    proxy,
    monthlyBudgetUsd,
  } = deployment;
  const partition = partitionOf(region);
  const problems: [boolean, string][] = [
    [
      !/^[A-Za-z][A-Za-z0-9-]{0,30}$/.test(name),
      `name: "${name}" is not a letter and up to 30 letters, digits, hyphens`,
    ],
    [account !== undefined && !/^\d{12}$/.test(account), `account: "${account}" is not twelve digits`],
    [!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region), `region: "${region}" is no region, such as eu-central-1`],
    [!within(schedule.hour, 0, 23), `schedule.hour: ${schedule.hour} is not 0 to 23`],
    [!within(schedule.minute, 0, 59), `schedule.minute: ${schedule.minute} is not 0 to 59`],
    [
      !isTimeZone(schedule.timeZone),
      `schedule.timeZone: "${schedule.timeZone}" is no time zone, such as Asia/Shanghai`,
    ],
    [!within(sourcesAtOnce, 1, 20), `sourcesAtOnce: ${sourcesAtOnce} is not 1 to 20`],
    [!within(evidence.days, 1, 36_500), `evidence.days: ${evidence.days} is not 1 to 36500`],
    [!(monthlyBudgetUsd > 0), "monthlyBudgetUsd: must be more than 0"],
    [login !== "cognito" && !isHttps(login.issuer), "login.issuer: must be an https address"],
    [
      login === "cognito" && !partition.cognito,
      `login: ${partition.name} has no Cognito user pools; name the bank's own issuer`,
    ],
    [edge.cloudFront && !partition.cloudFront, `edge.cloudFront: ${partition.name} has none that could serve this API`],
    [edge.firewall && !edge.cloudFront, "edge.firewall: stands before CloudFront, so edge.cloudFront must be on"],
    [edge.domain !== undefined && !edge.cloudFront, "edge.domain: names CloudFront, so edge.cloudFront must be on"],
    [proxy !== undefined && !URL.canParse(proxy), `proxy: "${proxy}" is no address`],
    [
      proxy !== undefined && hasPassword(proxy),
      "proxy: must hold no password, which every reader of the template would see",
    ],
    [
      !/^[^/\s]+\/[^/\s]+$/.test(rights.scope),
      `rights.scope: "${rights.scope}" is not resource/scope, such as knockoff/read`,
    ],
    ...Object.entries(mail).flatMap(([topic, all]) =>
      all.map((one): [boolean, string] => [!/^[^@\s]+@[^@\s]+$/.test(one), `mail.${topic}: "${one}" is no address`]),
    ),
  ];
  return problems.filter(([wrong]) => wrong).map(([, text]) => text);
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

function hasPassword(address: string): boolean {
  return URL.canParse(address) && new URL(address).password !== "";
}
