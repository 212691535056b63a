import type { Verdict } from "../../domain/assess/assessment.ts";
import type { AttemptState, Disposition, ShownField } from "../../domain/finding/event.ts";
import type { Liveness, Stage } from "../../domain/finding/finding.ts";
import type { PivotKind } from "../../domain/finding/pivots.ts";
import type { SignalRule } from "../../domain/match/signal.ts";
import type { ProblemCode } from "../../platform/config/problem.ts";
import { help } from "./help.en.ts";

/** One sentence of a language. Facts come in as values, so that the order of words is the language's own. */
export const en = {
  verdict: {
    official: "official",
    unproved: "unproved",
    unregistered: "unregistered",
    copy: "genuine copy",
    repackaged: "repackaged",
    impersonation: "impersonation",
    suspicious: "suspicious",
    unrelated: "unrelated",
  } as Record<Verdict, string>,
  stage: { new: "new", triaging: "triaging", confirmed: "confirmed", takedown: "takedown", closed: "closed" } as Record<
    Stage,
    string
  >,
  liveness: { live: "live", gone: "gone", relisted: "relisted", unknown: "unknown" } as Record<Liveness, string>,
  disposition: {
    impersonation: "impersonation",
    repackaged: "repackaged",
    authorised: "authorised",
    unrelated: "unrelated",
    duplicate: "duplicate",
  } as Record<Disposition, string>,
  change: {
    "finding.new": "NEW",
    "finding.changed": "CHANGED",
    "finding.relisted": "RELISTED",
    "finding.vanished": "GONE",
    "finding.reopened": "REOPENED",
    "finding.closed": "CLOSED",
  } as Record<string, string>,
  field: {
    name: "name",
    icon: "icon",
    developer: "developer",
    certificate: "certificate",
    package: "package",
  } as Record<ShownField, string>,
  rule: {
    "identity.certificate-ours": "signed with our certificate",
    "identity.certificate-foreign": "signed with a certificate that is not ours",
    "identity.publisher-ours": "published by our account at the store",
    "identity.store-id-ours": "the store's own id is the one in our inventory",
    "identity.package-ours": "carries our package name",
    "identity.partner": "belongs to an allowed partner",
    "name.exact": "is called exactly as the brand",
    "name.contained": "the name contains the brand",
    "name.disguised": "the name shows the brand in disguise",
    "name.typo": "the name is a misspelling of the brand",
    "name.generic-context": "an ordinary word, used as the brand would be",
    "name.unexplained": "other words of the name speak of something else",
    "lure.name": "lure words in the name",
    "lure.text": "lure words in the description",
    "package.near": "the package id is nearly ours",
    "package.extends": "the package id extends ours",
    "package.namespace": "the package id sits in our namespace",
    "package.brand-token": "the package id contains the brand",
    "publisher.name-copied": "the developer uses our name without our account",
    "publisher.contact-ours": "the developer's contact is at our domain",
    "publisher.other-institution": "published by another known institution",
    "filing.missing": "no app filing number where one is required",
    "filing.ours-elsewhere": "our app filing number on another package",
    "filing.foreign": "another organiser's app filing number",
    "text.copied": "the description is copied from ours",
    "text.claims-official": "the text claims to be official",
    "icon.identical": "the icon is ours, byte for byte",
    "icon.similar": "the icon looks like ours",
  } as Record<SignalRule, string>,
  scan: {
    start: (sources: number, brands: number) => `Searching ${count(sources, "store")} for ${count(brands, "brand")} …`,
    progress: (done: number, planned: number, found: number, left: string) =>
      `${done} of ${planned} questions · ${count(found, "finding")} new or changed${left === "" ? "" : ` · about ${left} left`}`,
    nothingNew: "Nothing new.",
    summary: (complete: number, all: number, brands: number, assessed: number, seconds: number) =>
      `${complete} of ${count(all, "store")} searched completely for ${count(brands, "brand")} in ${seconds} s; ${count(assessed, "listing")} assessed.`,
    notSearched: "NOT searched completely:",
    since: (when: string) => `since ${when}`,
    interrupted: "Interrupted. Nothing is lost: run the same command again to go on.",
    next: (id: string) => `Next: knockoff show ${id} · knockoff findings · knockoff sources --check`,
    nextEmpty: "Next: knockoff findings · knockoff sources --check",
    dryRun: (requests: number) => `Dry run: these ${requests} questions would be asked; nothing was sent.`,
    overBudget: (dropped: number) => `${dropped} questions left out by the budget (budgets.queriesPerSource)`,
    busy: (pid: number) =>
      `Another scan is running on this data folder (process ${pid}). Wait for it, or use another --data folder.`,
    reasons: (shown: string, more: number) => (more > 0 ? `${shown} · and ${more} more` : shown),
    more: (left: number) => `… and ${left} more: knockoff findings`,
    baseline: (n: number) => `First scan of this data folder: ${count(n, "finding")} as a baseline.`,
    unwritten: (full: number, busy: number) =>
      [
        ...(full > 0 ? [`${count(full, "case")} NOT written: full`] : []),
        ...(busy > 0 ? [`${count(busy, "case")} NOT written: others kept writing`] : []),
      ].join("; "),
    blind: (brands: string) => `compared without an icon of ${brands}, whose link could not be read`,
    canaryLost: "its canary was not found",
    unproven: "never proved live",
    replayed: (misses: number, unused: number) =>
      `Answered from recordings: ${count(misses, "question")} not recorded, ${count(unused, "recording")} not asked for.`,
  },
  notice: {
    subject: (change: string, verdict: string, brand: string, id: string) =>
      `Knockoff ${change}: ${verdict} of ${brand} (${id})`,
    labels: {
      name: "name",
      score: "score",
      store: "store",
      link: "link",
      package: "package or id",
      developer: "developer",
      why: "why",
      finding: "finding",
    },
  },
  digest: {
    subject: (scan: string, complete: number, all: number, alerts: string) =>
      `Knockoff ${scan}: ${alertCount(alerts)}, ${complete} of ${all} stores searched completely`,
    alerts: (alerts: string, brands: number) => `${alertCount(alerts)} new or changed for ${count(brands, "brand")}.`,
    asked: (done: number, planned: number) => `${done} of ${planned} questions answered.`,
    whole: "Every store was searched completely.",
    id: (id: string) => `Message ${id}: the same id twice is the same message.`,
  },
  accept: {
    subject: (ok: boolean): string => (ok ? "Knockoff: configuration accepted" : "Knockoff: configuration REFUSED"),
    accepted: (brands: number, sources: number) =>
      `The next scan goes by it: ${count(brands, "brand")}, settings for ${count(sources, "store")}.`,
    refused:
      "Scans go on with the configuration accepted before. Correct what is listed and upload knockoff.yaml again.",
  },
  coverage: {
    complete: "complete",
    partial: "partial",
    failed: "failed",
    unsupported: "cannot be searched",
  },
  failure: {
    unreachable: "unreachable",
    refused: "refused",
    throttled: "throttled",
    drifted: "page changed",
    skipped: "left alone",
    interrupted: "not asked yet",
  } as Record<string, string>,
  findings: {
    none: "No findings match. Run `knockoff scan` first, or loosen the filters.",
    columns: ["id", "score", "verdict", "name", "package or id", "store", "stage", "live", "changed"],
    badSince: "--since wants a day or a moment, such as 2026-11-02.",
    more: (limit: number) => `Only the first ${limit} are shown: use --limit.`,
  },
  show: {
    unknown: (id: string) => `There is no finding ${id}. \`knockoff findings\` lists them.`,
    base: "starting value: any app",
    sum: (total: string, score: string) => `sum ${total} → score ${score}`,
    reasons: "Reasons (log-odds; they add up to the score)",
    claims: "What it claims",
    ours: "Ours",
    history: "History",
    related: "Related cases",
    tie: {
      certificate: "same certificate",
      developer: "same account",
      icon: "same icon",
      package: "same package",
      backend: "same website",
      email: "same e-mail",
      text: "same text",
    } as Record<PivotKind, string>,
    moreRelated: (n: number) => `… and ${n} more`,
    evidence: "Evidence (SHA-256)",
    decided: (what: string, by: string, reason: string) => `decided ${what} by ${by}: ${reason}`,
    decide: (id: string) =>
      `Decide: knockoff decide ${id} impersonation|repackaged|authorised|unrelated|duplicate --reason "…"`,
    labels: {
      name: "name",
      store: "store",
      link: "link (defanged)",
      package: "package",
      developer: "developer",
      certificate: "certificate",
      filing: "filing number",
      version: "version",
      brand: "brand",
      stage: "stage",
      attempts: "takedown requests",
      firstSeen: "first seen",
      icon: "icon",
    },
    reopened: {
      changed: "what it showed changed",
      relisted: "it is back",
      expired: "the authorisation ended",
      person: "by a person",
    },
    unassigned: "in nobody's hands",
    until: (what: string, day: string) => `${what} until ${day}`,
    event: {
      seen: "seen first",
      assessed: "assessed",
      changed: "changed",
      vanished: "vanished, proved",
      reappeared: "is back",
      decided: "decided",
      reopened: "reopened",
      attempted: "takedown request",
      closed: "closed: gone for seven days",
      noted: "note",
      snoozed: "set aside",
      woken: "taken up again",
      assigned: "assigned",
    },
  },
  attemptState: {
    drafted: "drafted",
    sent: "sent",
    acknowledged: "acknowledged",
    refused: "refused",
    countered: "countered",
    done: "done",
    withdrawn: "withdrawn",
  } as Record<AttemptState, string>,
  attempt: {
    done: (id: string, recipient: string, state: string) => `${id}: request to ${recipient} ${state}`,
    notConfirmed: (id: string) =>
      `No person has confirmed ${id}, or it is closed. First: knockoff decide ${id} impersonation --reason "…"`,
    notNext: (now: string | undefined, allowed: string) =>
      now === undefined ? `A request begins as ${allowed}.` : `The request is ${now}; what can follow is ${allowed}.`,
    tooMany: (most: number) => `There are ${most} requests for this case already.`,
    notDrafted: "Two people must stand behind a request: first somebody drafts it (drafted), then another sends it.",
    samePerson: (preparer: string) => `${preparer} drafted this request; somebody else must send it.`,
  },
  badName: "--by wants a name: letters or digits, nothing hidden in it, and not “scan”, as which the scanner signs.",
  decide: {
    done: (id: string, what: string) => `${id}: ${what}`,
    badExpiry: "--expires wants a day to come, such as 2027-12-31, and goes with authorised only.",
    noReason: 'A decision needs a reason: add --reason "…".',
    full: (id: string) => `${id} is full: nothing was written. Decisions and open requests still go on.`,
    tooLong: (most: number) => `A text is too long: at most ${most} characters.`,
    conflict: (id: string, by: string, at: string) =>
      `${id} was changed meanwhile (${by}, ${at}). Look at it again: knockoff show ${id}`,
  },
  serve: {
    busy: (port: number) => `Port ${port} is taken. Choose another with --port, or --port 0 for any.`,
    hint: (asks: boolean) =>
      `The link works once, in the browser that opens it first. Ctrl-C ends${asks ? "; Enter prints another link" : ""}.`,
  },
  sources: {
    columns: ["source", "store", "kind", "can do", "parser proof", "live", "last good", "failing since"],
    proof: { recorded: "recorded", synthetic: "synthetic", none: "none" } as Record<string, string>,
    proved: "proved",
    unproven: "unproven",
    never: "never",
  },
  init: {
    exists: (file: string) => `${file} exists already; nothing was changed. Use --force to replace it.`,
    written: (file: string) => `Wrote ${file}. Now: describe your brand in it, then run \`knockoff brand check\`.`,
  },
  brand: {
    fine: (brands: number) => `${count(brands, "brand")} read, no problems.`,
    queries: (brand: string) => `${brand}: the stores would be asked for`,
    apply: (file: string) => `Add this to ${file}?`,
    applied: (file: string) => `Added to ${file}. Check it: knockoff brand check`,
    unchanged: "Nothing was changed.",
    needYes: "Not a terminal: pass --yes to write without asking.",
    unknownBrand: (id: string, known: string) => `There is no brand "${id}". Brands in the file: ${known}.`,
    chooseBrand: (known: string) => `Several brands are described: choose one with --brand (${known}).`,
    proposal: "The store says:",
    notFound: "The store says that there is no such listing.",
    noLink:
      "Give the link of your own app at a store that is searched, e.g. https://play.google.com/store/apps/details?id=com.example.app",
    advice: {
      "no-icon": () => "no icon: impersonators that copy only the icon are not found (icons:)",
      "no-app": () => "no official app: nothing of yours can be proved official (apps:)",
      "no-certificate": () =>
        "no signing certificate: genuine copies cannot be told from repackaged apps (certificates:)",
      "no-publisher": (f) => `no account key for ${f.source}: your own apps there cannot be proved by it (publishers:)`,
      "weak-name": (f) => `"${f.name}" is short or an ordinary word: it counts only beside words of banking`,
      "paper-expires": (f) => `${f.paper} expires on ${f.expires}`,
    } as Record<string, (facts: Record<string, string | number>) => string>,
    columns: ["brand", "title", "country", "names", "apps", "icons"],
  },
  config: {
    problems: (n: number) => `${count(n, "problem")} in the configuration:`,
    didYouMean: (word: string) => ` Did you mean "${word}"?`,
    problem: {
      "file-missing": () => "not found. `knockoff init` writes one, --config names another.",
      encoding: () => "is not UTF-8. Save it as UTF-8; its names would be read as others.",
      allow: (f) => `“${f.value}” is neither host, host:port nor CIDR.`,
      "upload-too-large": (f) =>
        `${f.files} files or ${f.bytes} bytes at most: remove from incoming/ what is no part of the configuration.`,
      "file-too-large": (f) => `larger than ${f.most} bytes.`,
      yaml: (f) => `not YAML: ${f.detail}`,
      "unknown-key": (f) => `unknown key "${f.key}".`,
      invalid: (f) => String(f.detail),
      missing: (f) => `"${f.key}" is missing.`,
      "unknown-source": (f) => `there is no source "${f.id}"; known: ${f.known}.`,
      duplicate: (f) => `"${f.value}" stands here twice.`,
      digest: (f) => `"${f.value}" is no certificate hash: SHA-256 (64 hex digits) or SHA-1 (40) is expected.`,
      filing: (f) => `"${f.value}" has not the form of an ICP filing number, e.g. 京ICP备12345678号-1A.`,
      "icon-missing": (f) => `icon file ${f.icon} cannot be read (${f.detail}).`,
      "icon-unreadable": (f) => `icon ${f.icon} is no usable image: ${f.detail}`,
      "paper-missing": (f) => `the file of this paper, ${f.paper}, is not there.`,
      expired: (f) => `${f.paper} expired on ${f.expires}.`,
      "unknown-brand": (f) => `there is no brand "${f.id}"; known: ${f.known}.`,
      recorded: (f) => String(f.detail),
    } as Record<ProblemCode, (facts: Record<string, string | number>) => string>,
  },
  doctor: {
    ok: "ok",
    warn: "look",
    bad: "bad",
    check: {
      node: (f) => `Node.js ${f.version}`,
      config: (f) => `configuration ${f.file}: ${count(Number(f.brands), "brand")}, ${f.sources} sources`,
      "config-bad": (f) => `configuration ${f.file}: ${f.problems} problem(s); see knockoff brand check`,
      data: (f) => `data folder ${f.folder}: ${f.findings} findings`,
      "data-bad": (f) => `data folder ${f.folder}: ${f.detail}`,
      clock: (f) => `clock: ${f.now}`,
      "clock-back": (f) => `clock: it is ${f.now}, but the ledger knows ${f.last}`,
      contact: () => "no contact is set: stores cannot tell who asks (contact: in the configuration)",
      unproven: (f) => `sources never proved live: ${f.sources}; knockoff sources --check`,
      failing: (f) => `source ${f.source} failing since ${f.since}: ${f.detail}`,
    } as Record<string, (facts: Record<string, string | number>) => string>,
  },
  error: {
    bug: (file: string) => `This is a bug in Knockoff. Details are in ${file}; please send that file.`,
    source: (id: string, known: string) => `There is no source "${id}". Known: ${known}.`,
    json: (line: number, detail: string) => `line ${line}: ${detail}`,
  },
  none: "none",
  /** Between a word and what it introduces. */
  colon: ": ",
  help,
  /** What yargs says; English is its own. */
  yargs: {} as Record<string, string>,
};

export type Messages = typeof en;

/** `500+` where there are more than were counted. */
function alertCount(alerts: string): string {
  return `${alerts} alert${alerts === "1" ? "" : "s"}`;
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}
