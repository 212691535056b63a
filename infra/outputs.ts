import type { ResourceName } from "../functions/environment.ts";

/** What the storage stack calls the ARNs of what it made, for operators and for development stages beside it. */
export const OUTPUTS = {
  TABLE: "TableArn",
  EVIDENCE_BUCKET: "EvidenceBucketArn",
  CONFIG_BUCKET: "ConfigBucketArn",
  TOPIC_FINDINGS: "TopicFindingsArn",
  TOPIC_DIGEST: "TopicDigestArn",
  TOPIC_OPERATIONS: "TopicOperationsArn",
  CREDENTIALS: "CredentialsArn",
  KEY: "KeyArn",
} as const satisfies Record<ResourceName | "KEY", string>;

export type Arns = Record<keyof typeof OUTPUTS, string>;
