/** What an AWS partition has of what we use; said once, so that stacks ask for a feature and not for a region. */
export interface Partition {
  name: "aws" | "aws-cn" | "aws-us-gov";
  cognito: boolean;
  cloudFront: boolean;
  budgets: boolean;
}

const COMMERCIAL: Partition = { name: "aws", cognito: true, cloudFront: true, budgets: true };

/** No user pools; CloudFront serves there only under a domain of one's own with an ICP filing, which is not ours to make. */
const CHINA: Partition = { name: "aws-cn", cognito: false, cloudFront: false, budgets: true };

/** CloudFront and Budgets live in the commercial partition only. */
const GOVCLOUD: Partition = { name: "aws-us-gov", cognito: true, cloudFront: false, budgets: false };

export function partitionOf(region: string): Partition {
  if (region.startsWith("cn-")) return CHINA;
  return region.startsWith("us-gov-") ? GOVCLOUD : COMMERCIAL;
}
