import type { Child } from "hono/jsx";
import type { BrandProfile } from "../../../../domain/brand/profile.ts";
import type { Finding } from "../../../../domain/finding/finding.ts";
import type { SignalRule } from "../../../../domain/match/signal.ts";
import { Scroller } from "../../parts/scroller.tsx";
import { Untrusted } from "../../parts/text.tsx";
import type { View } from "../../view.ts";

/** What the machine found a claim to be worth. */
type Standing = "ours" | "foreign" | "unknown";

interface Claim {
  label: string;
  theirs: readonly string[];
  ours: readonly string[];
  standing: Standing;
}

/** What the listing claims to be, beside what is ours: a claim is not a proof. */
export function Claims({ finding, brand, view }: { finding: Finding; brand?: BrandProfile; view: View }) {
  const { t } = view;
  return (
    <section class="panel" aria-labelledby="claims">
      <h2 id="claims">{t.claims.title}</h2>
      <Scroller labelledBy="claims">
        <table class="claims">
          <thead>
            <tr>
              <td />
              <th scope="col">{t.theirs}</th>
              <th scope="col">{t.ours}</th>
              <th scope="col">{t.claims.standing}</th>
            </tr>
          </thead>
          <tbody>
            {claimsOf(finding, brand, view).map(({ label, theirs, ours, standing }) => (
              <tr>
                <th scope="row">{label}</th>
                <td>{values(theirs, t.claims.notStated)}</td>
                <td>{values(ours, t.claims.notKnown)}</td>
                <td class={standing}>
                  <span aria-hidden="true">{standing === "ours" ? "=" : standing === "foreign" ? "≠" : "·"}</span>{" "}
                  {t.claims.standings[standing]}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </section>
  );
}

function values(texts: readonly string[], none: string): Child {
  if (texts.length === 0) return <span class="quiet">{none}</span>;
  const shown = texts.slice(0, 4).map((text) => (
    <div>
      <Untrusted text={text} max={140} />
    </div>
  ));
  return (
    <>
      {shown}
      {texts.length > 4 ? <div class="quiet">+{texts.length - 4}</div> : null}
    </>
  );
}

function claimsOf({ listing, assessment }: Finding, brand: BrandProfile | undefined, { m }: View): Claim[] {
  const rules = new Set(assessment.signals.map(({ rule }) => rule));
  const judged = (ours: SignalRule[], foreign: SignalRule[]): Standing =>
    ours.some((rule) => rules.has(rule)) ? "ours" : foreign.some((rule) => rules.has(rule)) ? "foreign" : "unknown";
  const { labels } = m.show;
  const { developer } = listing;
  const accounts = (brand?.publishers ?? []).filter(({ source }) => source === listing.source);
  const known = accounts.some(({ key }) => key !== undefined) && developer?.key !== undefined;
  const account = judged(["identity.publisher-ours"], ["publisher.name-copied", "publisher.other-institution"]);
  const package_ = judged(
    ["identity.package-ours"],
    ["package.near", "package.extends", "package.namespace", "package.brand-token"],
  );
  return [
    {
      label: labels.developer,
      theirs: accountTexts(developer),
      ours: accounts.flatMap(accountTexts),
      standing: account === "unknown" && known ? "foreign" : account,
    },
    {
      label: labels.package,
      theirs: listing.packageName === undefined ? [] : [listing.packageName],
      ours: [...new Set((brand?.officialApps ?? []).flatMap(({ packageName }) => packageName ?? []))],
      standing: package_,
    },
    {
      label: labels.certificate,
      theirs: (listing.certificates ?? []).map(({ algorithm, hex }) => `${algorithm} ${hex}`),
      ours: (brand?.certificates ?? []).map(({ algorithm, hex }) => `${algorithm} ${hex}`),
      standing: judged(["identity.certificate-ours"], ["identity.certificate-foreign"]),
    },
    {
      label: labels.filing,
      theirs: listing.filing === undefined ? [] : [listing.filing],
      ours: brand?.filing === undefined ? [] : [brand.filing.number],
      standing: judged([], ["filing.foreign", "filing.missing"]),
    },
  ];
}

function accountTexts(account: { name?: string; key?: string; email?: string } | undefined): string[] {
  const { name, key, email } = account ?? {};
  return [[name, key && `(${key})`].filter(Boolean).join(" "), email ?? ""].filter((text) => text !== "");
}
