/** Names of what the stacks made, as CDK puts them into the environment of a function. */
export type ResourceName =
  | "TABLE"
  | "EVIDENCE_BUCKET"
  | "CONFIG_BUCKET"
  | "TOPIC_FINDINGS"
  | "TOPIC_DIGEST"
  | "TOPIC_OPERATIONS"
  | "CREDENTIALS";

/**
 * `KNOCKOFF_TABLE` as CDK sets it, or `SST_RESOURCE_KnockoffTable` as sst links it: a JSON object with its `name`, `arn` or `value`.
 * Throws, naming both, where neither is there.
 */
export function resource(env: NodeJS.ProcessEnv, name: ResourceName): string {
  const linked = linkName(name);
  const value = env[`KNOCKOFF_${name}`] ?? linkedValue(env[linked]);
  if (value === undefined || value === "") throw new Error(`neither KNOCKOFF_${name} nor ${linked} is set`);
  return value;
}

export function optionalResource(env: NodeJS.ProcessEnv, name: ResourceName): string | undefined {
  return env[`KNOCKOFF_${name}`] ?? linkedValue(env[linkName(name)]);
}

function linkName(name: ResourceName): string {
  const words = name.split("_").map((word) => word.charAt(0) + word.slice(1).toLowerCase());
  return `SST_RESOURCE_Knockoff${words.join("")}`;
}

function linkedValue(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const value = JSON.parse(text) as { name?: string; arn?: string; value?: string };
  return value.value ?? value.arn ?? value.name;
}
