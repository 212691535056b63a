import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsSettings } from "../../../lib/platform/aws/environment.ts";
import { readCredentials } from "../../../lib/platform/secrets/secrets-manager.ts";
import { type AwsServer, startAws } from "../../support/aws/server.ts";

let aws: AwsServer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());

function read(value?: string) {
  if (value !== undefined) aws.secrets.set("arn:c", value);
  return readCredentials(awsSettings({ AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: aws.url }), "arn:c");
}

describe("credentials of stores", () => {
  it("are the texts of the secret, by name", async () => {
    expect(await read('{"GITHUB_TOKEN":"t","COUNT":3}')).toEqual({ GITHUB_TOKEN: "t" });
    expect(await read("{}")).toEqual({});
  });

  it.each(["not JSON with a t0ken", "null", '"t0ken"'])(
    "are none where the secret is %s, and no error repeats it",
    async (value) => {
      const error = await read(value).then(
        () => undefined,
        (failure: Error) => failure,
      );
      expect(error?.message).toMatch(/arn:c is not a JSON object/);
      expect(String(error?.stack)).not.toContain("t0ken");
    },
  );
});
