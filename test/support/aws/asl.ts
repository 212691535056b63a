/** A state machine as a template holds it: the part of the Amazon States Language that ours uses, paths in JSONPath. */
export interface Machine {
  StartAt: string;
  States: Record<string, State>;
}

interface State {
  Type: "Task" | "Pass" | "Choice" | "Wait" | "Map" | "Succeed" | "Fail";
  Next?: string;
  End?: boolean;
  Resource?: string;
  Parameters?: unknown;
  ItemsPath?: string;
  ItemProcessor?: Machine;
  InputPath?: string;
  OutputPath?: string;
  ResultPath?: string | null;
  ResultSelector?: unknown;
  Result?: unknown;
  Choices?: Choice[];
  Default?: string;
  SecondsPath?: string;
  Retry?: { ErrorEquals: string[]; MaxAttempts?: number }[];
  Catch?: { ErrorEquals: string[]; Next: string; ResultPath?: string | null }[];
  Error?: string;
  Cause?: string;
}

interface Choice {
  Variable: string;
  StringEquals?: string;
  BooleanEquals?: boolean;
  IsPresent?: boolean;
  Next: string;
  And?: Choice[];
}

export interface Steps {
  /** Calls the function a task names by its ARN or name. */
  invoke(functionName: string, input: unknown): Promise<unknown>;
  wait(seconds: number): Promise<void>;
  visited(state: string, input: unknown): void;
}

/** Runs a machine to its end and answers with its output; throws what no state catches. */
export async function runMachine(machine: Machine, input: unknown, steps: Steps): Promise<unknown> {
  let name: string | undefined = machine.StartAt;
  let data = input;
  while (name !== undefined) {
    const state: State | undefined = machine.States[name];
    if (state === undefined) throw new Error(`the machine has no state ${name}`);
    steps.visited(name, data);
    const next: { data: unknown; name?: string } = await step(state, data, steps);
    data = next.data;
    name = next.name;
  }
  return data;
}

async function step(state: State, input: unknown, steps: Steps): Promise<{ data: unknown; name?: string }> {
  const next = state.End === true ? undefined : state.Next;
  switch (state.Type) {
    case "Task":
    case "Map":
      return act(state, input, steps, next);
    case "Pass":
      return {
        data: place(state, input, "Result" in state ? state.Result : fill(state.Parameters, input)),
        name: next,
      };
    case "Choice":
      return { data: input, name: chosen(state, input) };
    case "Wait":
      await steps.wait(Number(pathValue(input, state.SecondsPath ?? "$")));
      return { data: input, name: next };
    case "Succeed":
      return { data: input };
    case "Fail":
      throw new Error(`${state.Error}: ${state.Cause}`);
    default:
      return state.Type satisfies never;
  }
}

async function act(state: State, input: unknown, steps: Steps, next: string | undefined) {
  const attempts = 1 + Math.max(0, ...(state.Retry ?? []).map((rule) => rule.MaxAttempts ?? 3));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = state.Type === "Map" ? await mapped(state, input, steps) : await called(state, input, steps);
      const placed = place(
        state,
        input,
        state.ResultSelector === undefined ? result : fill(state.ResultSelector, result),
      );
      return { data: state.OutputPath === undefined ? placed : pathValue(placed, state.OutputPath), name: next };
    } catch (error) {
      if (attempt < attempts) continue;
      const caught = state.Catch?.find((rule) => rule.ErrorEquals.includes("States.ALL"));
      if (caught === undefined) throw error;
      const cause = { Error: (error as Error).name, Cause: (error as Error).message };
      return { data: place(caught, input, cause), name: caught.Next };
    }
  }
}

async function called(state: State, input: unknown, steps: Steps): Promise<unknown> {
  const given = state.InputPath === undefined ? input : pathValue(input, state.InputPath);
  const filled = fill(state.Parameters, given) as { FunctionName?: string; Payload?: unknown } | undefined;
  // The optimised integration names the function in its parameters and wraps its answer.
  if (filled?.FunctionName !== undefined) {
    return { Payload: await steps.invoke(filled.FunctionName, filled.Payload ?? given), StatusCode: 200 };
  }
  return steps.invoke(state.Resource ?? "", filled ?? given);
}

async function mapped(state: State, input: unknown, steps: Steps): Promise<unknown[]> {
  const items = pathValue(input, state.ItemsPath ?? "$") as unknown[];
  const machine = state.ItemProcessor;
  if (machine === undefined) throw new Error("a map without a processor");
  return Promise.all(items.map((item) => runMachine(machine, item, steps)));
}

function chosen(state: State, input: unknown): string {
  const choice = state.Choices?.find((rule) => holds(rule, input));
  const name = choice?.Next ?? state.Default;
  if (name === undefined) throw new Error(`no choice fits ${JSON.stringify(input)}`);
  return name;
}

function holds(rule: Choice, input: unknown): boolean {
  if (rule.And !== undefined) return rule.And.every((part) => holds(part, input));
  const value = pathValue(input, rule.Variable);
  if (rule.IsPresent !== undefined) return (value !== undefined) === rule.IsPresent;
  return rule.StringEquals === undefined ? value === rule.BooleanEquals : value === rule.StringEquals;
}

function place(state: Pick<State, "ResultPath">, input: unknown, result: unknown): unknown {
  const path = state.ResultPath;
  if (path === null) return input;
  if (path === undefined || path === "$") return result ?? input;
  return { ...(input as object), [path.slice(2)]: result };
}

/** A template of values, where keys that end in `.$` hold paths. */
function fill(template: unknown, input: unknown): unknown {
  if (Array.isArray(template)) return template.map((part) => fill(part, input));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith(".$") ? [key.slice(0, -2), pathValue(input, value as string)] : [key, fill(value, input)],
    ),
  );
}

function pathValue(input: unknown, path: string): unknown {
  if (!/^\$(\.\w+)*$/.test(path)) throw new Error(`the path ${path} is more than this reads`);
  const names = path.split(".").slice(1);
  return names.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], input);
}
