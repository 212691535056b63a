import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { handler } from "../../functions/name-token.ts";

function event(userAttributes: Record<string, string>): PreTokenGenerationV2TriggerEvent {
  return {
    version: "2",
    triggerSource: "TokenGeneration_HostedAuth",
    region: "eu-central-1",
    userPoolId: "pool",
    userName: "5f0c",
    callerContext: { awsSdkVersion: "3", clientId: "client" },
    request: { userAttributes, groupConfiguration: {}, scopes: ["openid"] },
    response: { claimsAndScopeOverrideDetails: {} },
  };
}

describe("what Cognito is told of somebody's access token", () => {
  it("to put their address into it, which decisions are signed with", async () => {
    const { response } = await handler(event({ sub: "5f0c", email: "ada@bank.example" }));
    expect(response).toEqual({
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: { email: "ada@bank.example" } },
      },
    });
  });

  it("nothing, where they have none", async () => {
    const before = event({ sub: "5f0c" });
    expect(await handler(before)).toEqual(before);
  });
});
