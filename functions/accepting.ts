import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SQSRecord } from "aws-lambda";
import { systemClock } from "../lib/entry/system-clock.ts";
import { problemLine } from "../lib/entry/text/config-problem.ts";
import { messagesFor } from "../lib/entry/text/language.ts";
import { stableId } from "../lib/kernel/id.ts";
import { err } from "../lib/kernel/result.ts";
import { canonicalJson } from "../lib/kernel/text.ts";
import { dayOf } from "../lib/kernel/time.ts";
import { MOST_BYTES, MOST_FILES } from "../lib/platform/config/bucket.ts";
import { type Config, loadConfig } from "../lib/platform/config/load.ts";
import type { ConfigProblem } from "../lib/platform/config/problem.ts";
import { readCatalog } from "./catalog.ts";
import { configBucket, logger, snsChannel } from "./runtime.ts";

/** S3's notice of one upload. It says only that there is something to read: what counts is what lies there now. */
export async function acceptUpload(record: SQSRecord): Promise<void> {
  const notice = JSON.parse(record.body) as { Records?: unknown[] };
  // S3 sends a test notice without records when the notification is set up.
  if (notice.Records === undefined) return;
  const folder = await mkdtemp(join(tmpdir(), "knockoff-config-"));
  try {
    const bucket = configBucket(process.env);
    const before = await bucket.inForce();
    const file = "knockoff.yaml";
    const read = (await bucket.download(folder)) ? await loadUpload(join(folder, file)) : err([tooMuch(file)]);
    const problems = (read.ok ? read.value.warnings : read.error).map((problem) => ({ ...problem, file }));
    if (read.ok) {
      const config: Config = { ...read.value, file };
      await bucket.accept({ schema: "accepted-config/1", acceptedAt: systemClock(), config }, before);
    }
    const m = messagesFor((read.ok && read.value.language) || "en");
    logger.info(read.ok ? "configuration accepted" : "configuration refused", { problems: problems.length });
    await snsChannel(process.env).send({
      id: stableId("c", record.messageId, canonicalJson(problems)),
      topic: "operations",
      subject: m.accept.subject(read.ok),
      text: [
        read.ok
          ? m.accept.accepted(read.value.brands.length, Object.keys(read.value.sources).length)
          : m.accept.refused,
        ...problems.map((problem) => problemLine(problem, m)),
      ].join("\n"),
      data: { schema: "configuration/1", accepted: read.ok, problems },
      brief: { schema: "configuration/1", accepted: read.ok, abridged: true, problems: problems.slice(0, 20) },
      attributes: {
        kind: read.ok ? "configuration.accepted" : "configuration.refused",
        severity: read.ok ? "low" : "high",
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function loadUpload(file: string): ReturnType<typeof loadConfig> {
  const sourceIds = readCatalog().map(({ about }) => about.id);
  return loadConfig(file, { sourceIds, today: dayOf(systemClock()) });
}

function tooMuch(file: string): ConfigProblem {
  const facts = { files: MOST_FILES, bytes: MOST_BYTES };
  return { file, at: "", severity: "error", code: "upload-too-large", facts };
}
