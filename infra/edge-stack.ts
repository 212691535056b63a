import { Stack, type StackProps } from "aws-cdk-lib";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";

/** AWS's managed rule groups that fit, in the order they are looked at, with the rules in them that only count. */
const RULE_GROUPS: Record<string, string[]> = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesCommonRuleSet: [
    // Analysts write down the addresses and the code of fakes: in a note an attack is what the note is about.
    "GenericRFI_BODY",
    "CrossSiteScripting_BODY",
    // 8 kB: a decision about many cases, or a long note, is larger.
    "SizeRestrictions_BODY",
    // 2 kB: the codes of some logins are longer.
    "SizeRestrictions_QUERYSTRING",
  ],
  AWSManagedRulesKnownBadInputsRuleSet: [],
};

/** Requests of one address in five minutes. A bank's people come from one, and a page brings up to a hundred icons. */
const MOST_REQUESTS = 10_000;

/** The firewall before CloudFront, which must stand in us-east-1 whatever the region of the rest. */
export class EdgeStack extends Stack {
  readonly firewallArn: string;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const groups = Object.entries(RULE_GROUPS).map(([name, counted], priority) => ({
      name,
      priority,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: { vendorName: "AWS", name, ruleActionOverrides: onlyCounting(counted) },
      },
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

/** WAF takes no empty list. */
function onlyCounting(rules: readonly string[]) {
  return rules.length === 0 ? undefined : rules.map((name) => ({ name, actionToUse: { count: {} } }));
}

function seen(metricName: string) {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
