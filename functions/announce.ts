import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { systemClock } from "../lib/entry/system-clock.ts";
import { messagesFor } from "../lib/entry/text/language.ts";
import { noticeWords } from "../lib/entry/text/message-words.ts";
import { announce } from "../lib/workflows/announce/announce.ts";
import { metrics } from "./metrics.ts";
import { cloudStore, languageOf, logger, snsChannel, timeLimit } from "./runtime.ts";

/** Sends what waits in the outbox. Throws when something could not be sent, so that it is tried again and seen. */
export async function handler(_event: object, context: Context) {
  const m = messagesFor(await languageOf(process.env));
  const told = await announce({
    ...cloudStore(process.env),
    channel: snsChannel(process.env),
    clock: systemClock,
    owner: context.awsRequestId,
    words: (notice, finding) => noticeWords(notice, finding, m),
    timeIsUp: timeLimit(context, 20_000),
  });
  logger.info("outbox told", { ...told });
  metrics.addMetric("OutboxAgeSeconds", MetricUnit.Seconds, told.oldestSeconds);
  metrics.addMetric("NoticesFailed", MetricUnit.Count, told.failed);
  metrics.publishStoredMetrics();
  if (told.failed > 0) throw new Error(`${told.failed} notices could not be sent: ${told.problem}`);
  return told;
}
