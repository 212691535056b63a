import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { systemClock } from "../lib/entry/system-clock.ts";
import { messagesFor } from "../lib/entry/text/language.ts";
import { digestWords } from "../lib/entry/text/message-words.ts";
import { tellDigest } from "../lib/workflows/announce/digest.ts";
import { metrics } from "./metrics.ts";
import { cloudStore, languageOf, logger, snsChannel } from "./runtime.ts";

/** Closes a scan: counts what was planned and done, tells it, and feeds the alarms. */
export async function handler(event: { scan: string }) {
  logger.appendKeys({ scan: event.scan });
  const m = messagesFor(await languageOf(process.env));
  const channel = snsChannel(process.env);
  const words = (digest: Parameters<typeof digestWords>[0]) => digestWords(digest, m);
  const digest = await tellDigest({ ...cloudStore(process.env), channel, clock: systemClock, words }, event.scan);
  const { planned, done, gaps, canariesLost, alerts } = digest;
  logger.info("scan closed", { planned, done, gaps: gaps.map((gap) => gap.source), canariesLost, alerts });
  metrics.addMetadata("scan", event.scan);
  metrics.addMetric("ScanFinished", MetricUnit.Count, 1);
  metrics.addMetric("SourcesIncomplete", MetricUnit.Count, gaps.length);
  metrics.addMetric("CanariesLost", MetricUnit.Count, canariesLost.length);
  metrics.publishStoredMetrics();
  return digest;
}
