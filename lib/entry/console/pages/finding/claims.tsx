// biome-ignore-all lint/a11y/noRedundantRoles: on narrow screens the rows are laid out as blocks, which takes a table its roles
import type { Child } from "hono/jsx";
import type { BrandProfile, Publisher } from "../../../../domain/brand/profile.ts";
import type { Finding } from "../../../../domain/finding/finding.ts";
import type { Developer } from "../../../../domain/listing/listing.ts";
import type { SignalRule } from "../../../../domain/match/signal.ts";
import { type Digest, sameDigest } from "../../../../kernel/digest.ts";
import { MachineName } from "../../parts/text.tsx";
import type { View } from "../../view.ts";

/** How theirs stands to ours. `unstated`: the store prints it, and theirs has none. `unregistered`: we have none to compare with. */
type Standing = "same" | "differs" | "incomparable" | "unstated" | "unregistered";

interface Claim {
  label: string;
  theirs: readonly string[];
  ours: readonly string[];
  standing: Standing;
  /** Whether the machine counted it against the listing. */
  alarming: boolean;
  /** What has to be known to read it rightly. */
  hint?: string;
}

const SIGNS: Record<Standing, string> = {
  same: "=",
  differs: "≠",
  incomparable: "·",
  unstated: "–",
  unregistered: "–",
};

/** What the listing claims to be, beside what is ours: a claim is not a proof. */
export function Claims({ finding, brand, view }: { finding: Finding; brand?: BrandProfile; view: View }) {
  const { t } = view;
  return (
    <section class="panel evidence-first" aria-labelledby="claims">
      <h2 id="claims">{t.claims.title}</h2>
      <table class="claims" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <td role="cell" />
            <th scope="col" role="columnheader">
              {t.theirs}
            </th>
            <th scope="col" role="columnheader">
              {t.ours}
            </th>
            <th scope="col" role="columnheader">
              {t.claims.standing}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {claimsOf(finding, brand, view).map((claim) => (
            <ClaimRow claim={claim} view={view} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ClaimRow({ claim, view }: { claim: Claim; view: View }) {
  const { label, theirs, ours, standing, alarming, hint } = claim;
  const { t } = view;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {label}
      </th>
      <td role="cell" data-label={t.theirs}>
        {values(theirs, t.claims.notStated)}
      </td>
      <td role="cell" data-label={t.ours}>
        {values(ours, t.claims.notKnown)}
      </td>
      <td role="cell" data-label={t.claims.standing} class={alarming ? "foreign" : standing}>
        <span aria-hidden="true">{SIGNS[standing]}</span> {t.claims.standings[standing]}
        {hint === undefined ? null : <div class="quiet">{hint}</div>}
      </td>
    </tr>
  );
}

function values(texts: readonly string[], none: string): Child {
  if (texts.length === 0) return <span class="quiet">{none}</span>;
  const shown = texts.slice(0, 4).map((text) => (
    <div>
      <MachineName text={text} />
    </div>
  ));
  return (
    <>
      {shown}
      {texts.length > 4 ? <div class="quiet">+{texts.length - 4}</div> : null}
    </>
  );
}

function claimsOf({ listing, assessment }: Finding, brand: BrandProfile | undefined, view: View): Claim[] {
  const { m, t } = view;
  const rules = new Set<SignalRule>(assessment.signals.map(({ rule }) => rule));
  const has = (...wanted: SignalRule[]) => wanted.some((rule) => rules.has(rule));
  const { labels } = m.show;
  const accounts = (brand?.publishers ?? []).filter(({ source }) => source === listing.source);
  const packages = [...new Set((brand?.officialApps ?? []).flatMap(({ packageName }) => packageName ?? []))];
  const named = listing.packageName === undefined ? [] : [listing.packageName];
  const stated = listing.certificates ?? [];
  const certificates = brand?.certificates ?? [];
  const filing = brand?.filing === undefined ? [] : [brand.filing.number];
  return [
    {
      label: labels.developer,
      theirs: accountTexts(listing.developer),
      ours: accounts.flatMap(accountTexts),
      standing: has("identity.publisher-ours") ? "same" : accountStanding(listing.developer, accounts),
      alarming: has("publisher.name-copied"),
      hint: accounts.length === 0 ? t.claims.noAccount(view.storeName(listing.source)) : undefined,
    },
    {
      label: labels.package,
      theirs: named,
      ours: packages,
      standing: standingOf(listing.packageName, packages),
      alarming: has("package.near", "package.extends", "package.brand-token") && !has("identity.publisher-ours"),
      hint: has("identity.package-ours") ? t.claims.anyoneCan : undefined,
    },
    {
      label: labels.certificate,
      theirs: stated.map(({ algorithm, hex }) => `${algorithm} ${hex}`),
      ours: certificates.map(({ algorithm, hex }) => `${algorithm} ${hex}`),
      standing: certificateStanding(stated, certificates),
      alarming: has("identity.certificate-foreign"),
      hint: stated.length > 0 ? t.claims.asStated : undefined,
    },
    {
      label: labels.filing,
      theirs: listing.filing === undefined ? [] : [listing.filing],
      ours: filing,
      standing: standingOf(listing.filing, filing),
      alarming: has("filing.foreign", "filing.missing"),
      hint: listing.filingMissing === true ? t.claims.filingMissing : undefined,
    },
  ];
}

function standingOf(theirs: string | undefined, ours: readonly string[]): Standing {
  if (theirs === undefined || theirs === "") return "unstated";
  if (ours.length === 0) return "unregistered";
  return ours.includes(theirs) ? "same" : "differs";
}

/** By the keys that the store gave, where both have one; else by names, which prove nothing but may differ. */
function accountStanding(theirs: Developer | undefined, ours: readonly Publisher[]): Standing {
  const keys = ours.flatMap(({ key }) => key ?? []);
  if (theirs?.key !== undefined && keys.length > 0) return standingOf(theirs.key, keys);
  return standingOf(
    theirs?.name ?? theirs?.key,
    ours.flatMap(({ name }) => name ?? []),
  );
}

/** Hashes of different algorithms say nothing of each other. */
function certificateStanding(theirs: readonly Digest[], ours: readonly Digest[]): Standing {
  if (theirs.length === 0) return "unstated";
  if (ours.length === 0) return "unregistered";
  if (theirs.some((one) => ours.some((own) => sameDigest(one, own)))) return "same";
  const comparable = theirs.some((one) => ours.some((own) => own.algorithm === one.algorithm));
  return comparable ? "differs" : "incomparable";
}

function accountTexts(account: { name?: string; key?: string; email?: string } | undefined): string[] {
  const { name, key, email } = account ?? {};
  return [[name, key && `(${key})`].filter(Boolean).join(" "), email ?? ""].filter((text) => text !== "");
}
