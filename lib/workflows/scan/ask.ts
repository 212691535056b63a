import type { Sha256 } from "../../domain/evidence/evidence.ts";
import type { Task, TaskOutcome, Unwritten } from "../../domain/finding/task.ts";
import type { Listing } from "../../domain/listing/listing.ts";
import type { Page } from "../../domain/listing/query.ts";
import { err, ok } from "../../kernel/result.ts";
import type { Answer, Ask, Http, HttpResponse, SourceFailure } from "../../sources/source.ts";
import type { ScanPorts, ScanSource } from "./ports.ts";
import { beginningOf, unreadOf } from "./sample.ts";

/** What a source answered to one task, with the very bytes it answered with. */
export interface Asked {
  answer: Answer<Page>;
  responses: HttpResponse[];
  /** The beginning of the last answer that came, where it could not be read. */
  unread?: HttpResponse;
}

/** Asks one task's question. A canary that is not among the hits means that the answer cannot be believed: `drifted`. */
export async function askTask(ports: ScanPorts, entry: ScanSource, task: Task): Promise<Asked> {
  const heard: Heard = { responses: [] };
  const answer = believed(task, await put(entry, task, askOf(ports, entry, heard)));
  const unread = answer.ok ? undefined : unreadOf(answer.error, heard.last);
  return { answer, responses: heard.responses, unread };
}

function believed(task: Task, answer: Answer<Page>): Answer<Page> {
  if (task.kind !== "canary" || !answer.ok) return answer;
  const { listings } = answer.value;
  if (listings.some((listing) => listing.key === task.subject)) return answer;
  return lost(`canary ${task.subject} was not among ${listings.length} hits for "${task.query.term}"`);
}

/** Details of one listing, and the bytes they were read from. */
export async function askDetails(
  ports: ScanPorts,
  entry: ScanSource,
  key: string,
  region: string,
): Promise<{ answer: Answer<Listing | undefined>; responses: HttpResponse[] }> {
  const heard: Heard = { responses: [] };
  const { source } = entry;
  if (source.byId === undefined) throw new Error(`${source.about.id} cannot be asked by id`);
  return { answer: await source.byId(key, region, askOf(ports, entry, heard)), responses: heard.responses };
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

function askOf(ports: ScanPorts, entry: ScanSource, heard: Heard): Ask {
  return {
    http: keeping(entry.http, heard),
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

/** What came through the door while one question was asked. */
interface Heard {
  responses: HttpResponse[];
  /** The beginning of the last answer, also of one that the door refused. */
  last?: HttpResponse;
}

function keeping(http: Http, heard: Heard): Http {
  return {
    async fetch(request) {
      const answer = await http.fetch(request);
      if (!answer.ok) {
        const { response, ...failure } = answer.error;
        if (response !== undefined) heard.last = beginningOf(response);
        return err(failure);
      }
      const { value } = answer;
      heard.last = beginningOf(value);
      if (heard.responses.length < MOST_RESPONSES && value.body.length <= LARGEST_KEPT) heard.responses.push(value);
      return answer;
    },
  };
}

export function outcomeOf(
  answer: Answer<Page>,
  findings: string[],
  unwritten: Unwritten[],
  sample?: Sha256,
): TaskOutcome {
  if (!answer.ok) {
    const { kind, detail } = answer.error;
    const failure = { kind, detail, ...(sample && { sample }) };
    return { state: "failed", listings: 0, dropped: 0, truncated: false, findings: [], failure };
  }
  const { listings, dropped, truncated } = answer.value;
  return { state: "done", listings: listings.length, dropped, truncated, findings, unwritten };
}
