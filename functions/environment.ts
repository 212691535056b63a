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
 * `KNOCKOFF_TABLE` as CDK and sst.config.ts set it, or `SST_RESOURCE_KnockoffTable` as `sst shell` sets it for a program at a desk: a
 * JSON object with a `value`, `arn` or `name`. sst gives its functions their links in an encrypted file instead, which nothing here
 * reads: sst.config.ts gives them the plain names too. Throws, naming both, where neither is there.
 */
export function resource(env: NodeJS.ProcessEnv, name: ResourceName): string {
  const value = optionalResource(env, name);
  if (value === undefined) throw new Error(`neither KNOCKOFF_${name} nor SST_RESOURCE_${linkName(name)} is set`);
  return value;
}

export function optionalResource(env: NodeJS.ProcessEnv, name: ResourceName): string | undefined {
  return env[`KNOCKOFF_${name}`] || linkedValue(env, `SST_RESOURCE_${linkName(name)}`);
}

/** `KnockoffTable` for `TABLE`: what sst calls it. */
export function linkName(name: ResourceName): string {
  const words = name.split("_").map((word) => word.charAt(0) + word.slice(1).toLowerCase());
  return `Knockoff${words.join("")}`;
}

function linkedValue(env: NodeJS.ProcessEnv, variable: string): string | undefined {
  const text = env[variable];
  if (!text) return undefined;
  const { value, arn, name } = parseLink(text, variable);
  const found = value ?? arn ?? name;
  if (typeof found !== "string" || found === "") throw new Error(`${variable} has neither value nor arn nor name`);
  return found;
}

function parseLink(text: string, variable: string): { value?: unknown; arn?: unknown; name?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${variable} is not JSON, as sst writes links`, { cause });
  }
}
