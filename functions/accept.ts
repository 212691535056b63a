import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSEvent } from "aws-lambda";
import { acceptUpload } from "./accepting.ts";

const processor = new BatchProcessor(EventType.SQS);

/** Takes uploads over. What is wrong with one is told to people; what goes wrong here comes back and ends in the dead-letter queue. */
export async function handler(event: SQSEvent, context: Context) {
  return processPartialResponse(event, acceptUpload, processor, { context });
}
