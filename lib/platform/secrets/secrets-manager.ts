import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { AwsSettings } from "../aws/environment.ts";
import { sharedClient } from "../aws/shared-client.ts";

/** Credentials of sources by the name the configuration calls them, kept as one JSON secret; empty while none was put in. */
export async function readCredentials(settings: AwsSettings, secret: string): Promise<Record<string, string>> {
  const client = sharedClient("secrets", settings, () => new SecretsManagerClient(settings));
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
  const value = parse(SecretString ?? "{}");
  if (typeof value !== "object" || value === null)
    throw new Error(`secret ${secret} is not a JSON object of names and values`);
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Undefined where it is no JSON: the parser's own error would repeat the secret. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
