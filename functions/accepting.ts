import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SQSRecord } from "aws-lambda";
import type { Message } from "../lib/domain/finding/channel.ts";
import { keepOwnIcons } from "../lib/entry/own-icons.ts";
import { systemClock } from "../lib/entry/system-clock.ts";
import { problemLine } from "../lib/entry/text/config-problem.ts";
import { messagesFor } from "../lib/entry/text/language.ts";
import { stableId } from "../lib/kernel/id.ts";
import { err, ok, type Result } from "../lib/kernel/result.ts";
import { canonicalJson } from "../lib/kernel/text.ts";
import { dayOf } from "../lib/kernel/time.ts";
import { awsSettings } from "../lib/platform/aws/environment.ts";
import { type ConfigBucket, MOST_BYTES, MOST_FILES } from "../lib/platform/config/bucket.ts";
import { type Config, loadConfig } from "../lib/platform/config/load.ts";
import type { ConfigProblem } from "../lib/platform/config/problem.ts";
import { createS3Locker } from "../lib/platform/locker/s3.ts";
import { readCatalog } from "./catalog.ts";
import { resource } from "./environment.ts";
import { configBucket, logger, snsChannel } from "./runtime.ts";

const FILE = "knockoff.yaml";

/** S3's notice of one upload. It says only that there is something to read: what counts is what lies there now. */
export async function acceptUpload(record: SQSRecord): Promise<void> {
  const notice = JSON.parse(record.body) as { Records?: unknown[] };
  // S3 sends a test notice without records when the notification is set up.
  if (notice.Records === undefined) return;
  const folder = await mkdtemp(join(tmpdir(), "knockoff-config-"));
  try {
    const read = await accept(configBucket(process.env), folder);
    logger.info(read.ok ? "configuration accepted" : "configuration refused", {
      problems: (read.ok ? read.value.warnings : read.error).length,
    });
    await snsChannel(process.env).send(messageOf(record.messageId, read));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads what was uploaded, and puts it into force where it is sound and nothing newer was accepted meanwhile. */
async function accept(bucket: ConfigBucket, folder: string): Promise<Result<Config, ConfigProblem[]>> {
  const before = await bucket.inForce();
  const read = (await bucket.download(folder)) ? await loadUpload(join(folder, FILE)) : err([tooMuch()]);
  if (!read.ok) return err(read.error.map(here));
  // Only here are the files at hand; and what is in force must find its icons.
  await keepOwnIcons(
    read.value,
    createS3Locker(awsSettings(process.env), resource(process.env, "EVIDENCE_BUCKET")),
    systemClock,
  );
  const config: Config = { ...read.value, file: FILE, warnings: read.value.warnings.map(here) };
  await bucket.accept({ schema: "accepted-config/1", acceptedAt: systemClock(), config }, before);
  return ok(config);
}

/** The bank knows its file by the name it was uploaded with. */
function here(problem: ConfigProblem): ConfigProblem {
  return { ...problem, file: FILE };
}

/** What those who run the scanner are told; the same upload read again to the same end is the same message. */
function messageOf(upload: string, read: Result<Config, ConfigProblem[]>): Message {
  const m = messagesFor((read.ok && read.value.language) || "en");
  const problems = read.ok ? read.value.warnings : read.error;
  const head = read.ok
    ? m.accept.accepted(read.value.brands.length, Object.keys(read.value.sources).length)
    : m.accept.refused;
  const document = { schema: "configuration/1", accepted: read.ok };
  return {
    id: stableId("c", upload, canonicalJson(problems)),
    topic: "operations",
    subject: m.accept.subject(read.ok),
    text: [head, ...problems.map((problem) => problemLine(problem, m))].join("\n"),
    data: { ...document, problems },
    brief: { ...document, abridged: true, problems: problems.slice(0, 20) },
    attributes: {
      kind: read.ok ? "configuration.accepted" : "configuration.refused",
      severity: read.ok ? "low" : "high",
    },
  };
}

function loadUpload(file: string): ReturnType<typeof loadConfig> {
  const sourceIds = readCatalog().map(({ about }) => about.id);
  return loadConfig(file, { sourceIds, today: dayOf(systemClock()) });
}

function tooMuch(): ConfigProblem {
  const facts = { files: MOST_FILES, bytes: MOST_BYTES };
  return { file: FILE, at: "", severity: "error", code: "upload-too-large", facts };
}
