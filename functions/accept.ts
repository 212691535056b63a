import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSEvent } from "aws-lambda";
import { acceptUpload } from "./accepting.ts";

/** Takes uploads over. What is wrong with one is told to people; what goes wrong here comes back and ends in the dead-letter queue. */
export async function handler(event: SQSEvent, context: Context) {
  // One for each call: it keeps what failed, and what failed in another call is no failure of this one.
  return processPartialResponse(event, acceptUpload, new BatchProcessor(EventType.SQS), { context });
}
