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

  it("is the real account only inside Lambda, or when its operator says so", () => {
    expect(() => awsSettings(region)).toThrow(/KNOCKOFF_AWS/);
    expect(awsSettings({ ...region, LAMBDA_TASK_ROOT: "/var/task" })).toEqual({ region: "eu-central-1" });
    expect(awsSettings({ ...region, KNOCKOFF_AWS: "live" })).toEqual({ region: "eu-central-1" });
  });

  it("needs a region", () => {
    expect(() => awsSettings({ LAMBDA_TASK_ROOT: "/var/task" })).toThrow(/AWS_REGION/);
  });
});
