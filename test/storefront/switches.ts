import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { SourceId } from "./types.ts";
import type { WireAnswer } from "./wire/wire.ts";
import { html } from "./wire/wire.ts";

/** What may go wrong with a store. Each is off unless said; several may be on at once. */
export interface Switches {
  /** Every answer waits this long. */
  latencyMs?: number;
  /** 429 with this many seconds in Retry-After. */
  throttle?: number;
  /** 403 without a body: how Apple asks for patience. */
  emptyForbidden?: boolean;
  error500?: boolean;
  /** A page with status 200 that wants to see a person. */
  captcha?: boolean;
  /** The same facts in a shape nobody has seen before. */
  layout?: boolean;
  /** Announces the whole body, sends half of it and hangs up. */
  truncate?: boolean;
  /** Sends the body so slowly that it never ends. */
  drip?: boolean;
  /** Hangs up without an answer. */
  dead?: boolean;
}

const CAPTCHA: Record<"google" | "tencent" | "other", string> = {
  google: `<!DOCTYPE html><html><head><title>play.google.com</title></head><body><form id="captcha-form" action="index" method="post"><div class="g-recaptcha" data-sitekey="k"></div><script src="https://www.google.com/recaptcha/enterprise.js" async></script></form><div>Our systems have detected unusual traffic from your computer network. Show that it is you who asks, and not a program.</div></body></html>`,
  tencent: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>安全验证</title><script src="https://turing.captcha.qcloud.com/TCaptcha.js"></script></head><body><div id="TCaptcha">请完成验证后继续访问</div></body></html>`,
  other: `<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript to go on.</noscript><script>window._cf_chl_opt={cType:'managed'};</script><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>`,
};

function captchaOf(source: SourceId): string {
  if (source === "google-play") return CAPTCHA.google;
  return source === "tencent-myapp" ? CAPTCHA.tencent : CAPTCHA.other;
}

/** The answer a troubled store gives without looking at the question; undefined when it looks. */
export function troubledAnswer(source: SourceId, switches: Switches): WireAnswer | undefined {
  if (switches.throttle !== undefined) {
    const headers = { "content-type": "text/plain", "retry-after": String(switches.throttle) };
    return { status: 429, headers, body: "Too Many Requests" };
  }
  if (switches.emptyForbidden) return { status: 403, headers: { "cache-control": "no-store" }, body: "" };
  if (switches.error500) return html("<html><body><h1>500 Internal Server Error</h1></body></html>", 500);
  return switches.captcha ? html(captchaOf(source)) : undefined;
}

const DRIP_MS = 50;

async function drip(response: ServerResponse, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  for (let at = 0; at < bytes.length && !response.destroyed; at += 1) {
    response.write(bytes.subarray(at, at + 1));
    await wait(DRIP_MS, undefined, { signal });
  }
  response.end();
}

/** Writes an answer, whole or as badly as the switches say. `signal` ends a drip when the server stops. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: WireAnswer,
  switches: Switches,
  signal: AbortSignal,
): Promise<void> {
  const bytes = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  response.writeHead(answer.status, { ...answer.headers, "content-length": bytes.length });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  if (switches.truncate) {
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
    return;
  }
  if (switches.drip) await drip(response, bytes, signal);
  else response.end(bytes);
}
