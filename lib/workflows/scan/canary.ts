import type { SourceHealth } from "../../domain/finding/scan-book.ts";
import { askTask } from "./ask.ts";
import { askableOf } from "./askable.ts";
import { noteHealth } from "./health.ts";
import { canaryTask } from "./plan.ts";
import type { ScanPorts, ScanSource } from "./ports.ts";
import { keepSample } from "./sample.ts";

/** Asks a source for its canary now, outside of any scan, and notes how that went. */
export async function checkCanary(ports: ScanPorts, entry: ScanSource): Promise<SourceHealth> {
  const [task] = canaryTask(askableOf(entry));
  if (task === undefined) return { source: entry.source.about.id };
  const { answer, unread } = await askTask(ports, entry, task);
  const sample = unread && (await keepSample(ports, unread));
  return noteHealth(ports, entry, "canary", answer.ok ? undefined : answer.error, sample);
}
