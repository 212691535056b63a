import type { Resource, Synthesized } from "../synth.ts";
import { ofType } from "../synth.ts";
import type { Machine } from "./asl.ts";

/** One function as its template deploys it. */
export interface DeployedFunction {
  /** What its folder of the bundle is called. */
  name: string;
  /** Its environment, where what the stacks made is named by what it is called in them: `Ledger`, `FindingsTopic`. */
  environment: Record<string, string>;
}

/** What the templates say is deployed: the state machine, and the functions by the ARNs that it calls them by. */
export interface Deployed {
  machine: Machine;
  functions: Map<string, DeployedFunction>;
}

export function deployedOf(made: Synthesized): Deployed {
  const exported = exportsOf(made);
  const plain = (value: unknown): string => resolve(value, exported);
  const [machine] = ofType(made, "StepFunctions::StateMachine");
  const functions = ofType(made, "Lambda::Function").map((each) => {
    const { Variables } = each.properties.Environment as { Variables: Record<string, unknown> };
    const environment = Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, plain(value)]));
    return [arnOf(each), { name: environment.POWERTOOLS_SERVICE_NAME ?? "", environment }] as const;
  });
  return { machine: JSON.parse(plain(machine?.properties.DefinitionString)), functions: new Map(functions) };
}

function arnOf({ id }: Resource): string {
  return `${id}.Arn`;
}

/** What an export of one stack means in another. */
function exportsOf({ texts }: Synthesized): Map<string, unknown> {
  const outputs = texts.flatMap((text) => Object.values(JSON.parse(text).Outputs ?? {}) as Output[]);
  return new Map(outputs.flatMap(({ Export, Value }) => (Export === undefined ? [] : [[Export.Name, Value] as const])));
}

interface Output {
  Value: unknown;
  Export?: { Name: string };
}

function resolve(value: unknown, exported: ReadonlyMap<string, unknown>): string {
  if (typeof value === "string") return value;
  const [call, argument] = Object.entries(value as Record<string, unknown>)[0] ?? [];
  switch (call) {
    case "Fn::Join": {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolve(part, exported)).join(separator);
    }
    case "Fn::GetAtt":
      return (argument as string[]).join(".");
    case "Fn::ImportValue":
      return resolve(exported.get(argument as string), exported);
    case "Ref":
      return argument as string;
    default:
      throw new Error(`${call} is more than this resolves`);
  }
}
