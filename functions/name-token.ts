import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";

/**
 * Cognito calls this before it makes tokens: an access token of it names its user by a number that nobody knows, and decisions are signed
 * with what the token says. The address is the one that the administrator gave; the console's client cannot change it.
 */
export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> {
  const { email } = event.request.userAttributes;
  if (email === undefined) return event;
  const accessTokenGeneration = { claimsToAddOrOverride: { email } };
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
}
