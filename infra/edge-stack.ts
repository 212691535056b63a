import { Stack, type StackProps } from "aws-cdk-lib";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";

/** AWS's managed rule groups that fit an API, in the order they are looked at. */
const RULE_GROUPS = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
];

/** Requests of one address in five minutes. */
const MOST_REQUESTS = 2_000;

/** The firewall before CloudFront, which must stand in us-east-1 whatever the region of the rest. */
export class EdgeStack extends Stack {
  readonly firewallArn: string;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const groups = RULE_GROUPS.map((name, priority) => ({
      name,
      priority,
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
      visibilityConfig: seen(name),
    }));
    const flood = {
      name: "Flood",
      priority: groups.length,
      action: { block: {} },
      statement: { rateBasedStatement: { limit: MOST_REQUESTS, aggregateKeyType: "IP" } },
      visibilityConfig: seen("Flood"),
    };
    const firewall = new CfnWebACL(this, "Firewall", {
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rules: [...groups, flood],
      visibilityConfig: seen("Firewall"),
    });
    this.firewallArn = firewall.attrArn;
  }
}

function seen(metricName: string) {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
