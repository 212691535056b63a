import type { Digest } from "../../lib/workflows/announce/digest.ts";
import type { SliceEnd } from "../../lib/workflows/scan/slice.ts";
import { openCloud } from "../support/aws/cloud.ts";
import type { Published } from "../support/aws/sns.ts";

const SCAN = "2026-11-02";

/**
 * The same day as the bank's own account runs it: the bundled functions, called by hand in the order in which the state machine
 * calls them, on simulated services. Shows what people get by mail.
 */
export async function cloudDay(folder: string, say: (text: string) => void): Promise<void> {
  const cloud = await openCloud();
  try {
    await cloud.upload(folder);
    say("In the cloud: knockoff.yaml was uploaded, and the operators get a mail.");
    mail(cloud.aws.published.at(-1));
    const plan = await cloud.call<{ sources: (SliceEnd & { worker: string })[] }>("plan", { scan: SCAN });
    say(`Scheduler starts the scan; plan answers with ${plan.sources.length} sources, and a function works on each.`);
    for (const slice of plan.sources) {
      const name = slice.worker === "common" ? "drain" : `drain-${slice.worker}`;
      const { spent } = await cloud.call<SliceEnd>(name, slice);
      process.stdout.write(`${name}  ${slice.source}  ${spent.details} details, ${spent.icons} icons\n`);
    }
    const { sent } = await cloud.call<{ sent: number }>("announce", {});
    say(`announce sends ${sent} notices, each with what subscribers filter by. One of them:`);
    mail(cloud.aws.published.find(({ attributes }) => attributes.verdict === "impersonation"));
    await cloud.call<Digest>("digest", { scan: SCAN });
    say("digest closes the scan: what was found, and what was not searched.");
    mail(cloud.aws.published.at(-1));
  } finally {
    await cloud.stop();
  }
}

function mail(message: Published | undefined): void {
  if (message === undefined) return;
  const attributes = Object.entries(message.attributes).map(([name, value]) => `${name}=${value}`);
  const lines = [
    `Subject: ${message.subject}`,
    ...(message.body.email ?? "").split("\n"),
    `(${attributes.join(", ")})`,
  ];
  process.stdout.write(`${lines.map((line) => `  | ${line}`).join("\n")}\n`);
}
