import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { awsSettings } from "../../../lib/platform/aws/environment.ts";

describe("where AWS calls go", () => {
  const region = { AWS_REGION: "eu-central-1" };

  it("is a server of this machine, with made-up credentials, whatever profile is lying about", () => {
    const env = {
      ...region,
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ACCESS_KEY_ID: "real",
      AWS_PROFILE: "bank",
    };
    expect(awsSettings(env)).toEqual({
      region: "eu-central-1",
      defaultsMode: "standard",
      endpoint: "http://127.0.0.1:4566",
      credentials: { accessKeyId: "local", secretAccessKey: "unused" },
    });
  });

  it.each([
    "https://dynamodb.eu-central-1.example",
    "http://127.0.0.1.evil.example",
    "http://10.0.0.1:4566",
    "http://[::ffff:10.0.0.1]",
  ])("is never %s", (endpoint) => {
    expect(() => awsSettings({ ...region, AWS_ENDPOINT_URL: endpoint })).toThrow(/not on this machine/);
  });

  const lambda = { LAMBDA_TASK_ROOT: "/var/task", AWS_LAMBDA_FUNCTION_NAME: "plan" };

  it.each<[string, NodeJS.ProcessEnv]>([
    ["inside Lambda", lambda],
    ["when its operator says so", { KNOCKOFF_AWS: "live" }],
  ])("is the real account %s", (_, env) => {
    expect(awsSettings({ ...region, ...env })).toEqual({ region: "eu-central-1", defaultsMode: "standard" });
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ["at a desk", {}],
    ["in Lambda's image at a desk", { LAMBDA_TASK_ROOT: "/var/task" }],
    ["where Lambda's names are there and empty", { LAMBDA_TASK_ROOT: "", AWS_LAMBDA_FUNCTION_NAME: "" }],
    ["where the operator says something else", { KNOCKOFF_AWS: "1" }],
  ])("is not the real account %s", (_, env) => {
    expect(() => awsSettings({ ...region, ...env })).toThrow(/KNOCKOFF_AWS/);
  });

  it("is never a queue's own address: no client of ours follows one", () => {
    const { dependencies } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
    const clients = Object.keys(dependencies).filter((name) => name.startsWith("@aws-sdk/client-"));
    expect(clients.sort()).toEqual(
      ["dynamodb", "s3", "secrets-manager", "sns"].map((name) => `@aws-sdk/client-${name}`),
    );
  });

  it("needs a region", () => {
    expect(() => awsSettings(lambda)).toThrow(/AWS_REGION/);
  });
});
