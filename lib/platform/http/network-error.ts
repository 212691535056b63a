import type { SourceFailure } from "../../sources/source.ts";

/** A request that brought no whole answer. */
export interface Failed {
  failure: SourceFailure;
  /** Worth asking again: the cause may pass. */
  passing: boolean;
  /** The server cannot have seen the request, so that asking again does nothing twice. */
  unsent: boolean;
}

const REFUSED = "KNOCKOFF_REFUSED";
const TOO_LARGE = "KNOCKOFF_TOO_LARGE";
const ENCODING = "KNOCKOFF_ENCODING";
const LATE = "KNOCKOFF_LATE";
const STOPPED = "KNOCKOFF_STOPPED";

/** Our own reasons to end a request travel through undici as errors with these codes. */
export const refusal = (detail: string): Error => coded(REFUSED, detail);
export const tooLarge = (maxBytes: number): Error => coded(TOO_LARGE, `larger than ${sizeText(maxBytes)}`);
export const unknownEncoding = (name: string): Error => coded(ENCODING, `unknown content encoding ${name}`);
export const late = (ms: number): Error => coded(LATE, `timed out after ${Number((ms / 1000).toFixed(1))} s`);
export const stopped = (): Error => coded(STOPPED, "stopped");

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function sizeText(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${Number((bytes / 1024 / 1024).toFixed(1))} MB`;
  return bytes >= 1024 ? `${Number((bytes / 1024).toFixed(1))} kB` : `${bytes} bytes`;
}

type Nature = "passing" | "lasting" | "unsent" | "unsent-lasting";

const WORDS: Record<string, [detail: string, nature: Nature]> = {
  ECONNREFUSED: ["connection refused", "unsent"],
  ENOTFOUND: ["name not found", "unsent-lasting"],
  EAI_AGAIN: ["the name service did not answer", "unsent"],
  EHOSTUNREACH: ["host not reachable", "unsent"],
  ENETUNREACH: ["network not reachable", "unsent"],
  UND_ERR_CONNECT_TIMEOUT: ["no connection in time", "unsent"],
  ETIMEDOUT: ["no connection in time", "unsent"],
  UND_ERR_HEADERS_TIMEOUT: ["no answer in time", "passing"],
  UND_ERR_BODY_TIMEOUT: ["the body stalled", "passing"],
  UND_ERR_HEADERS_OVERFLOW: ["headers too large", "lasting"],
  Z_DATA_ERROR: ["the body does not decompress", "lasting"],
};

const CLOSED = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "ERR_STREAM_PREMATURE_CLOSE"]);
const CUT = new Set(["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "Z_BUF_ERROR", "HPE_INVALID_EOF_STATE"]);
const TLS = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/;

/**
 * Says in plain words why no whole answer came from `host`. `inBody` is true once headers were there. What carries no code is
 * not the network's doing but a mistake of ours, and is thrown on.
 */
export function explain(error: unknown, host: string, inBody: boolean): Failed {
  const code = codeOf(error);
  if (code === undefined) throw error;
  const message = (error as Error).message;
  if (code === REFUSED) return failed("refused", `${host}: ${message}`, "lasting");
  if (code === STOPPED) return failed("unreachable", message, "lasting");
  if (code === LATE) return failed("unreachable", `${host}: ${message}`, "passing");
  if (code === TOO_LARGE || code === ENCODING) return failed("unreachable", `${host}: ${message}`, "lasting");
  const proxy = /^Proxy response \((\d{3})\)/.exec(message);
  if (proxy !== null) return failed("unreachable", `${host}: the proxy answered ${proxy[1]}`, "unsent-lasting");
  const [words, nature] = wordsFor(code, inBody);
  return failed("unreachable", `${host}: ${words}`, nature);
}

function wordsFor(code: string, inBody: boolean): [string, Nature] {
  const known = WORDS[code];
  if (known !== undefined) return known;
  if (CUT.has(code) || (inBody && CLOSED.has(code))) return ["body cut short", "passing"];
  if (CLOSED.has(code)) return ["connection closed without an answer", "passing"];
  if (TLS.test(code)) return [`no trusted connection (${code})`, "unsent-lasting"];
  if (code.startsWith("HPE_")) return ["the answer is not HTTP", "lasting"];
  if (code.startsWith("ERR_BROTLI") || code.startsWith("ERR__ERROR_FORMAT") || code.startsWith("ZSTD_")) {
    return ["the body does not decompress", "lasting"];
  }
  return [`failed (${code})`, "lasting"];
}

/** With several addresses Node reports one error that holds one for each address. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errors, cause } = error as Error & { code?: unknown; errors?: unknown[] };
  if (typeof code === "string") return code;
  return codeOf(errors?.[0] ?? cause);
}

function failed(kind: SourceFailure["kind"], detail: string, nature: Nature): Failed {
  const passing = nature === "passing" || nature === "unsent";
  return { failure: { kind, detail }, passing, unsent: nature.startsWith("unsent") };
}
