import type { Context } from "hono";
import type { TypedResponse } from "hono/types";
import { printable } from "../../kernel/text.ts";

/** What can go wrong, and what to do next. Programs go by the code, so a code keeps its meaning for good. */
const PROBLEMS = {
  "bad-body": [400, "This request does not say what it must", "Compare it with the schema in openapi.json."],
  "bad-query": [400, "This request does not say what it must", "Compare it with the schema in openapi.json."],
  "malformed-json": [400, "The body is not JSON", "Send one JSON document in UTF-8."],
  "bad-cursor": [400, "This cursor does not belong to this list", "Begin again without a cursor."],
  "bad-if-match": [400, "If-Match names no version", 'Send one ETag as it was given, such as "3", or *.'],
  "bad-idempotency-key": [400, "This is no key", "Send 1 to 200 visible ASCII characters, such as a UUID."],
  "not-signed-in": [401, "Nobody is signed in", "Sign in, or send a token."],
  "no-rights": [403, "No brand may be read", "Ask for a group named knockoff:<brand> or knockoff:*."],
  "role-missing": [403, "Your role does not allow this", "Ask somebody who has the role."],
  "no-finding": [404, "There is no such finding", "GET /findings lists them."],
  "no-campaign": [404, "There is no such campaign", "GET /campaigns lists them."],
  "no-evidence": [404, "This finding has no such evidence", "GET /findings/{id}/evidence lists what it has."],
  "no-brand": [404, "There is no such brand", "GET /brands lists them."],
  "no-scan": [404, "There is no such scan", "GET /scans lists them."],
  "no-delegation": [404, "There is no such delegation", "GET /delegations lists them."],
  "no-handover": [404, "There is no such note", "GET /handovers lists them."],
  "no-route": [404, "There is nothing here", "GET /openapi.json says what there is."],
  conflict: [409, "Somebody else wrote first", "Read it again and act on what stands now."],
  "in-progress": [409, "This request is being worked on", "Send it again in a moment, under the same key."],
  "too-large": [413, "The body is too large", "Send less at once; 256 kB are read."],
  "media-type": [415, "The body is not announced as JSON", "Send content-type: application/json."],
  "idempotency-key-reused": [422, "This key stands for another request", "Take a new key for a new request."],
  "no-reason": [422, "The reason is missing", "Say why: who reads it later was not there."],
  "no-text": [422, "The text is missing", "Write something."],
  "bad-expiry": [422, "This end cannot be", "Only authorised can end, and only in the future."],
  "bad-day": [422, "This day cannot be", "Choose a moment within the next 90 days."],
  "not-open": [422, "The case is closed", "Reopen it first."],
  "not-decided": [422, "Nobody has decided this case", "Decide it; there is nothing to reopen."],
  "not-confirmed": [422, "Nobody has confirmed this case", "Decide impersonation or repackaged first."],
  "not-next": [422, "This is not the next step", "Read the attempts of the finding."],
  "not-drafted": [422, "Nobody has drafted this request", "Somebody else drafts it first, then you send it."],
  "too-many-attempts": [422, "This case has too many requests", "Go on with one of them."],
  "same-person": [422, "You drafted this request yourself", "Somebody else must send it."],
  nobody: [422, "Nobody is named", "Name somebody as their sign-in proves it."],
  "to-self": [422, "You have this right already", "Lend it to somebody else."],
  "no-brands": [422, "No brand is named", "Name at least one."],
  "own-note": [422, "You wrote this note yourself", "Somebody else takes over from you."],
  "too-long": [422, "This text is too long", "Say it shorter."],
  "too-many": [422, "You have lent too much", "End what is no longer needed, or wait a day."],
  "case-full": [422, "This case is full", "Write elsewhere and note where; decisions and open requests still go on."],
  "evidence-too-large": [422, "This evidence is too large to be sent here", "Take it from the locker by its hash."],
  "if-match-missing": [428, "On which version do you act?", "Send If-Match with the ETag you read, or *."],
  unforeseen: [500, "Something went wrong here", "Send it again; if it stays so, tell whoever runs this."],
} as const satisfies Record<string, readonly [status: number, title: string, hint: string]>;

export type ProblemCode = keyof typeof PROBLEMS;
export type ProblemStatus = (typeof PROBLEMS)[ProblemCode][0];

export const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

/** What stands instead, where somebody else was first. */
export interface Current {
  version?: number;
  by: string;
  at: string;
  disposition?: string;
}

/** RFC 9457 problem details; `code` and `hint` are ours. */
export interface Problem {
  type: "about:blank";
  status: ProblemStatus;
  code: ProblemCode;
  title: string;
  hint: string;
  current?: Current;
}

/** A problem as the table has it; `more` where this case has more to say. */
export function problemOf(code: ProblemCode, more: { hint?: string; current?: Current } = {}): Problem {
  const [status, title, hint] = PROBLEMS[code];
  return { type: "about:blank", status, code, title, hint: more.hint ?? hint, current: more.current };
}

type Refusal = Response & TypedResponse<Problem, ProblemStatus, "json">;

export function refuse(c: Context, problem: Problem): Refusal {
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (problem.status === 401) headers["www-authenticate"] = "Bearer";
  return c.json(problem, problem.status, headers) as Refusal;
}

/** Who was first and when, as people read it. */
export function byAndWhen(by: string, at: string): string {
  return `by ${printable(by, 80)} at ${at.slice(11, 16)} UTC on ${at.slice(0, 10)}`;
}
