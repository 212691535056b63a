import { Metrics } from "@aws-lambda-powertools/metrics";

/** Namespace and service come from the environment. Not in the runtime: all would carry what two functions use. */
export const metrics = new Metrics();
