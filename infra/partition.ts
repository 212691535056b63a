/** What an AWS partition has of what we use; said once, so that stacks ask for a feature and not for a region. */
export interface Partition {
  name: "aws" | "aws-cn" | "aws-us-gov";
  cognito: boolean;
  cloudFront: boolean;
  budgets: boolean;
}

const COMMERCIAL: Partition = { name: "aws", cognito: true, cloudFront: true, budgets: true };

/** CloudFormation makes budgets in the regions that every account has, and in none that must be opted into. */
const BUDGET_REGIONS =
  /^(us-(east|west)-[12]|ca-central-1|sa-east-1|eu-(central|north)-1|eu-west-[123]|ap-south-1|ap-northeast-[123]|ap-southeast-[12])$/;

/** Budgets count in the account's currency, which is not the dollar there. No user pools; CloudFront serves there only under a domain of one's own with an ICP filing, which is not ours to make. */
const CHINA: Partition = { name: "aws-cn", cognito: false, cloudFront: false, budgets: false };

/** CloudFront and Budgets live in the commercial partition only. */
const GOVCLOUD: Partition = { name: "aws-us-gov", cognito: true, cloudFront: false, budgets: false };

export function partitionOf(region: string): Partition {
  if (region.startsWith("cn-")) return CHINA;
  if (region.startsWith("us-gov-")) return GOVCLOUD;
  return { ...COMMERCIAL, budgets: BUDGET_REGIONS.test(region) };
}
