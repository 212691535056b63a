import { Stack, type StackProps } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";
import { partitionOf } from "./partition.ts";
import { type Watch, type Watched, watches } from "./watches.ts";

/** Tells those who run the scanner, through the operations topic, when it does not do what the bank relies on. */
export class AlarmsStack extends Stack {
  constructor(scope: Construct, id: string, deployment: Deployment, watched: Watched, props: StackProps) {
    super(scope, id, props);
    const { operations } = watched.storage.topics;
    for (const watch of watches(deployment, watched)) this.watch(watch, operations);
    if (partitionOf(deployment.region).budgets) this.watchCost(deployment, operations);
  }

  private watch({ id, runbook, metric, below, atLeast, periods, silence }: Watch, topic: Topic): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: `What to do: README, "${runbook}"`,
      metric,
      threshold: below ?? atLeast ?? 1,
      comparisonOperator:
        below === undefined
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods ?? 1,
      treatMissingData: silence === "alarms" ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const notify = new SnsAction(topic);
    alarm.addAlarmAction(notify);
    alarm.addOkAction(notify);
  }

  /** For the account as a whole: the scanner is meant to have one of its own, and a budget that filters by tag may see nothing. */
  private watchCost({ name, monthlyBudgetUsd }: Deployment, topic: Topic): void {
    const subscribers = [{ subscriptionType: "SNS", address: topic.topicArn }];
    new CfnBudget(this, "Budget", {
      budget: {
        budgetName: `${name}-${this.region}`,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: monthlyBudgetUsd, unit: "USD" },
      },
      notificationsWithSubscribers: ["FORECASTED", "ACTUAL"].map((notificationType) => ({
        notification: {
          notificationType,
          comparisonOperator: "GREATER_THAN",
          threshold: 100,
          thresholdType: "PERCENTAGE",
        },
        subscribers,
      })),
    });
  }
}
