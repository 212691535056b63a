import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Policy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  type IChainable,
  JitterType,
  JsonPath,
  LogLevel,
  Pass,
  StateMachine,
  StateMachineType,
  Succeed,
  Wait,
  WaitTime,
} from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";
import { deliversLogs, invokes, startsChildren, traces } from "./permissions.ts";

export interface ScanFunctions {
  plan: IFunction;
  drain: IFunction;
  drainGooglePlay: IFunction;
  drainAppStore: IFunction;
  announce: IFunction;
  digest: IFunction;
}

/**
 * A scan: plan, every source by itself, then the notices and the digest. It only repeats and joins: what was done is in the ledger,
 * so a source that fails ends in a gap that the digest names, and never ends the scan.
 */
export function scanMachine(
  scope: Construct,
  functions: ScanFunctions,
  { sourcesAtOnce, logDays }: Deployment,
): StateMachine {
  const steps = new Construct(scope, "Steps");
  const plan = invoke(steps, "Plan", functions.plan);
  const sources = new DistributedMap(steps, "Sources", {
    itemsPath: "$.sources",
    resultPath: JsonPath.DISCARD,
    maxConcurrency: sourcesAtOnce,
    mapExecutionType: StateMachineType.STANDARD,
    // The children catch what fails; the digest counts from the ledger and not from what they say.
    toleratedFailurePercentage: 100,
  }).itemProcessor(workOnSource(steps, functions));
  const announce = invoke(steps, "Announce", functions.announce, JsonPath.DISCARD);
  const digest = invoke(steps, "Digest", functions.digest);
  // Notices that could not be sent now go out with the next sweep of the outbox; the digest must not wait for them.
  announce.addCatch(digest, { errors: ["States.ALL"], resultPath: JsonPath.DISCARD });
  const role = machineRole(scope, Object.values(functions));
  const machine = new StateMachine(scope, "Machine", {
    definitionBody: DefinitionBody.fromChainable(plan.next(sources).next(announce).next(digest)),
    stateMachineType: StateMachineType.STANDARD,
    timeout: Duration.hours(23),
    role: role.withoutPolicyUpdates(),
    tracingEnabled: true,
    logs: {
      destination: new LogGroup(scope, "MachineLogs", { retention: logDays, removalPolicy: RemovalPolicy.DESTROY }),
      level: LogLevel.ALL,
    },
  });
  // AWS looks at the role when it makes the machine, so its rights must stand before it; those on its own executions come after.
  machine.node.addDependency(role);
  machine.node.tryRemoveChild("DistributedMapPolicy");
  new Policy(scope, "MachineChildren", { roles: [role], statements: startsChildren(machine) });
  return machine;
}

/** One source: stretches of work until there is no more, each by the program that has its adapter. */
function workOnSource(scope: Construct, functions: ScanFunctions): IChainable {
  const gap = new Pass(scope, "Gap");
  const which = new Choice(scope, "Which worker");
  const wait = new Wait(scope, "Wait", { time: WaitTime.secondsPath("$.waitSeconds") });
  const more = new Choice(scope, "More")
    .when(Condition.booleanEquals("$.more", true), wait.next(which))
    .otherwise(new Succeed(scope, "Searched"));
  const drain = (id: string, lambda: IFunction) => {
    const task = invoke(scope, id, lambda);
    task.addCatch(gap, { errors: ["States.ALL"], resultPath: "$.failure" });
    return task.next(more);
  };
  return which
    .when(Condition.stringEquals("$.worker", "google-play"), drain("Drain Google Play", functions.drainGooglePlay))
    .when(Condition.stringEquals("$.worker", "app-store"), drain("Drain App Store", functions.drainAppStore))
    .otherwise(drain("Drain", functions.drain));
}

function invoke(scope: Construct, id: string, lambdaFunction: IFunction, resultPath?: string): LambdaInvoke {
  const task = new LambdaInvoke(scope, id, {
    lambdaFunction,
    payloadResponseOnly: true,
    resultPath,
    retryOnServiceExceptions: false,
  });
  task.addRetry({
    errors: ["States.ALL"],
    interval: Duration.seconds(10),
    backoffRate: 2,
    maxAttempts: 4,
    maxDelay: Duration.minutes(5),
    jitterStrategy: JitterType.FULL,
  });
  return task;
}

function machineRole(scope: Construct, functions: IFunction[]): Role {
  const role = new Role(scope, "MachineRole", { assumedBy: new ServicePrincipal("states") });
  for (const statement of [invokes(functions), deliversLogs(), traces()]) role.addToPolicy(statement);
  return role;
}
