import type { Task, TaskOutcome } from "../../domain/finding/task.ts";
import type { Listing } from "../../domain/listing/listing.ts";
import type { Page } from "../../domain/listing/query.ts";
import { ok } from "../../kernel/result.ts";
import type { Answer, Ask, Http, HttpResponse, SourceFailure } from "../../sources/source.ts";
import type { ScanPorts, ScanSource } from "./ports.ts";

/** What a source answered to one task, with the very bytes it answered with. */
export interface Asked {
  answer: Answer<Page>;
  responses: HttpResponse[];
}

/** Asks one task's question. A canary that is not among the hits means that the answer cannot be believed: `drifted`. */
export async function askTask(ports: ScanPorts, entry: ScanSource, task: Task): Promise<Asked> {
  const responses: HttpResponse[] = [];
  const ask = askOf(ports, entry, responses);
  const answer = await put(entry, task, ask);
  if (task.kind !== "canary" || !answer.ok) return { answer, responses };
  const found = answer.value.listings.some((listing) => listing.key === task.subject);
  if (found) return { answer, responses };
  return {
    answer: lost(`canary ${task.subject} was not among ${answer.value.listings.length} hits for "${task.query.term}"`),
    responses,
  };
}

/** Details of one listing, and the bytes they were read from. */
export async function askDetails(
  ports: ScanPorts,
  entry: ScanSource,
  key: string,
  region: string,
): Promise<{ answer: Answer<Listing | undefined>; responses: HttpResponse[] }> {
  const responses: HttpResponse[] = [];
  const { source } = entry;
  if (source.byId === undefined) throw new Error(`${source.about.id} cannot be asked by id`);
  return { answer: await source.byId(key, region, askOf(ports, entry, responses)), responses };
}

async function put({ source }: ScanSource, task: Task, ask: Ask): Promise<Answer<Page>> {
  const subject = task.subject ?? "";
  switch (task.kind) {
    case "canary":
    case "search":
      return source.search ? source.search(task.query, ask) : missing(task);
    case "developer":
      return source.byDeveloper ? source.byDeveloper(subject, task.query.region, ask) : missing(task);
    case "listing": {
      if (source.byId === undefined) return missing(task);
      const answer = await source.byId(subject, task.query.region, ask);
      if (!answer.ok) return answer;
      return ok({ listings: answer.value ? [answer.value] : [], truncated: false, dropped: 0 });
    }
    default:
      return task.kind satisfies never;
  }
}

function missing(task: Task): never {
  throw new Error(`${task.source} was given a ${task.kind} task it has no method for`);
}

function lost(detail: string): { ok: false; error: SourceFailure } {
  return { ok: false, error: { kind: "drifted", detail } };
}

function askOf(ports: ScanPorts, entry: ScanSource, responses: HttpResponse[]): Ask {
  return {
    http: keeping(entry.http, responses),
    signal: ports.signal,
    now: ports.clock(),
    baseUrl: entry.baseUrl,
    settings: entry.settings,
    credential: entry.credential,
  };
}

/** Most bodies kept of one question: enough for its pages, bounded when an adapter downloads an index. */
const MOST_RESPONSES = 4;
const LARGEST_KEPT = 4 * 1024 * 1024;

function keeping(http: Http, responses: HttpResponse[]): Http {
  return {
    async fetch(request) {
      const answer = await http.fetch(request);
      const keep = answer.ok && responses.length < MOST_RESPONSES && answer.value.body.length <= LARGEST_KEPT;
      if (keep) responses.push(answer.value);
      return answer;
    },
  };
}

export function outcomeOf(answer: Answer<Page>, findings: string[]): TaskOutcome {
  if (!answer.ok) {
    const { kind, detail } = answer.error;
    return { state: "failed", listings: 0, dropped: 0, truncated: false, findings: [], failure: { kind, detail } };
  }
  const { listings, dropped, truncated } = answer.value;
  return { state: "done", listings: listings.length, dropped, truncated, findings };
}
