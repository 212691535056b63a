import { sha256Hex } from "../../kernel/id.ts";
import type { Sha256 } from "../evidence/evidence.ts";
import type { Developer, Listing } from "../listing/listing.ts";
import type { SignalRule } from "../match/signal.ts";
import type { Finding } from "./finding.ts";

/** Values that tie findings together into campaigns. */
export type PivotKind = "certificate" | "developer" | "icon" | "package" | "backend" | "email" | "text";

export interface Pivot {
  kind: PivotKind;
  value: string;
}

/**
 * What ties this listing to others: `certificate` is `<algorithm>:<hex>`, `developer` is `<source>:<key>` (a key means
 * something in its own store only), `icon` the SHA-256 of its bytes, `package` the package name, `backend` the developer's site,
 * `email` the developer's address, `text` the SHA-256 of the description without the app's own name.
 */
export function pivotsOf(listing: Listing, icon: Sha256 | undefined): Pivot[] {
  const pivots: Pivot[] = (listing.certificates ?? []).map(({ algorithm, hex }) => ({
    kind: "certificate",
    value: `${algorithm}:${hex}`,
  }));
  const { developer } = listing;
  if (developer?.key) pivots.push({ kind: "developer", value: `${listing.source}:${developer.key}` });
  if (icon) pivots.push({ kind: "icon", value: icon });
  if (listing.packageName) pivots.push({ kind: "package", value: listing.packageName });
  const backend = backendOf(developer);
  if (backend) pivots.push({ kind: "backend", value: backend });
  if (developer?.email) pivots.push({ kind: "email", value: developer.email.trim().toLowerCase() });
  const text = textOf(listing);
  if (text) pivots.push({ kind: "text", value: text });
  return pivots;
}

/** Hosts on which everybody may have a page: there the page says who, the host says nothing. */
const SHARED_HOSTS =
  /(^|\.)(google\.com|facebook\.com|github\.com|gitee\.com|t\.me|telegram\.me|twitter\.com|x\.com|instagram\.com|youtube\.com|linktr\.ee|notion\.site|medium\.com|apple\.com)$/;

function backendOf(developer: Developer | undefined): string | undefined {
  if (!developer?.website || !URL.canParse(developer.website)) return undefined;
  const { hostname, pathname, protocol } = new URL(developer.website);
  if (!/^https?:$/.test(protocol) || hostname === "") return undefined;
  const host = hostname.toLowerCase().replace(/^www\./, "");
  if (!SHARED_HOSTS.test(host)) return host;
  const page = pathname.replace(/\/+$/, "");
  return page === "" ? undefined : `${host}${page}`;
}

/** Shortest text that says something of who wrote it, in letters and digits. */
const TELLING_TEXT = 120;

/** The same text under another app's name is the same text. */
function textOf({ name, description }: Listing): Sha256 | undefined {
  const plain = lettersOf(description ?? "").replaceAll(lettersOf(name) || "\u0000", "");
  return plain.length < TELLING_TEXT ? undefined : sha256Hex(plain);
}

function lettersOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Where the value is the bank's own, every fake that copies it has it, and it says nothing of who made this one. */
const OURS: Partial<Record<PivotKind, SignalRule>> = {
  certificate: "identity.certificate-ours",
  developer: "identity.publisher-ours",
  icon: "icon.identical",
  package: "identity.package-ours",
  backend: "publisher.contact-ours",
  email: "publisher.contact-ours",
  text: "text.copied",
};

/** What may tie a finding to others of the same makers. */
export function tellingPivots({ listing, icon, assessment }: Finding): Pivot[] {
  const rules = new Set(assessment.signals.map(({ rule }) => rule));
  return pivotsOf(listing, icon).filter(({ kind }) => {
    const ours = OURS[kind];
    return ours === undefined || !rules.has(ours);
  });
}
