import type { App } from "aws-cdk-lib";
import { Tags } from "aws-cdk-lib";
import { AlarmsStack } from "./alarms-stack.ts";
import { checkDeployment, throwProblems } from "./check-deployment.ts";
import { ConsoleStack } from "./console-stack.ts";
import type { Deployment } from "./deployment.ts";
import { EdgeStack } from "./edge-stack.ts";
import { ScanStack } from "./scan-stack.ts";
import { StorageStack } from "./storage-stack.ts";

/** All stacks of a deployment. Throws with every problem at once when it cannot be made. */
export function makeStacks(app: App, deployment: Deployment) {
  throwProblems(checkDeployment(deployment));
  const { name, account, region, edge } = deployment;
  // What links the edge to the rest crosses regions, which only the firewall needs.
  const props = (description: string) => ({
    env: { account, region },
    description: `Knockoff: ${description}`,
    crossRegionReferences: edge.firewall,
  });
  const storage = new StorageStack(app, `${name}Storage`, deployment, {
    ...props("ledger, evidence, configuration, topics"),
    terminationProtection: true,
  });
  const scan = new ScanStack(app, `${name}Scan`, deployment, storage, props("the daily scan"));
  const firewall = edge.firewall
    ? new EdgeStack(app, `${name}Edge`, { ...props("firewall"), env: { account, region: "us-east-1" } })
    : undefined;
  const front = new ConsoleStack(
    app,
    `${name}Console`,
    deployment,
    { storage, firewallArn: firewall?.firewallArn },
    props("console for people, API for programs"),
  );
  const alarms = new AlarmsStack(app, `${name}Alarms`, deployment, { storage, scan, front }, props("alarms, budget"));
  Tags.of(app).add("application", name);
  return { storage, scan, front, alarms, firewall };
}
