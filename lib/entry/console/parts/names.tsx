import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import { type AlignedPart, nearestName } from "../../../domain/match/name/align.ts";
import { clip } from "../../../kernel/text.ts";
import { codePoint } from "../untrusted.ts";
import type { View } from "../view.ts";
import { Scroller } from "./scroller.tsx";
import { Untrusted } from "./text.tsx";

/** Names of ours that theirs is laid along; each takes a moment. */
const MOST_NAMES = 20;

/** The names of ours that the machine compared with theirs; all of the brand's where it named none. */
function comparedNames(finding: Finding, brand: BrandProfile | undefined): string[] {
  const named = finding.assessment.signals.flatMap(({ rule, facts }) =>
    rule.startsWith("name.") && typeof facts.name === "string" ? [facts.name] : [],
  );
  const names = named.length > 0 ? named : (brand?.names.map(({ text }) => text) ?? []);
  return names.slice(0, MOST_NAMES);
}

/** Their name with the letters marked that differ from ours. Where the machine saw no likeness, just the name. */
export function MarkedName({ finding, max = 80 }: { finding: Finding; max?: number }) {
  const { name } = finding.listing;
  const alike = comparedNames(finding, undefined);
  const nearest = alike.length === 0 ? undefined : nearestName(alike, clip(name, max));
  if (nearest === undefined) return <Untrusted text={name} max={max} />;
  return (
    <bdi class="untrusted" dir="auto">
      {nearest.parts.map((part) => (
        <MarkedPart part={part} />
      ))}
    </bdi>
  );
}

function MarkedPart({ part }: { part: AlignedPart }) {
  if (part.theirs === "") return null;
  if (part.kind === "same" || part.kind === "around") return <Untrusted text={part.theirs} />;
  return (
    <mark>
      <Untrusted text={part.theirs} />
    </mark>
  );
}

/** Both names one above the other, letter by letter, with the numbers of the letters that differ. */
export function AlignedNames({ finding, brand, view }: { finding: Finding; brand?: BrandProfile; view: View }) {
  const { t } = view;
  const nearest = nearestName(comparedNames(finding, brand), finding.listing.name);
  if (nearest === undefined) return <p class="quiet">{t.names.unlike}</p>;
  return <Letters parts={nearest.parts} label={t.names.title} view={view} />;
}

/** The same for package ids, where theirs is one of ours in disguise: a capital I is no small l. */
export function AlignedPackages({ finding, brand, view }: { finding: Finding; brand?: BrandProfile; view: View }) {
  const { packageName } = finding.listing;
  const near = finding.assessment.signals.some(({ rule }) => rule === "package.near" || rule === "package.extends");
  const ours = brand?.officialApps.flatMap((app) => app.packageName ?? []) ?? [];
  const nearest = near && packageName !== undefined ? nearestName(ours, packageName) : undefined;
  if (nearest === undefined) return null;
  return (
    <>
      <h3>{view.t.names.packages}</h3>
      <Letters parts={nearest.parts} label={view.t.names.packages} view={view} />
    </>
  );
}

function Letters({ parts, label, view }: { parts: readonly AlignedPart[]; label: string; view: View }) {
  const { t } = view;
  const differing = parts.filter(({ kind }) => kind !== "same" && kind !== "around");
  return (
    <>
      <Scroller label={label}>
        <table class="letters">
          <tbody>
            <tr>
              <th scope="row">{t.ours}</th>
              {parts.map((part) => (
                <td class={part.kind}>{part.kind === "around" ? "" : letters(part.ours)}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t.theirs}</th>
              {parts.map((part) => (
                <td class={part.kind}>
                  {part.kind === "around" ? <Untrusted text={part.theirs} max={40} /> : letters(part.theirs)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </Scroller>
      {differing.length === 0 ? (
        <p class="quiet">{t.names.same}</p>
      ) : (
        <ul class="differences">
          {differing.slice(0, 12).map((part) => (
            <li>{differenceText(part, view)}</li>
          ))}
          {differing.length > 12 ? <li>{t.more(differing.length - 12)}</li> : null}
        </ul>
      )}
    </>
  );
}

function letters(text: string) {
  return text === " " ? "␣" : text === "" ? "" : <Untrusted text={text} />;
}

function differenceText({ kind, ours, theirs }: AlignedPart, view: View) {
  return view.t.names.difference[kind](named(ours, view), named(theirs, view));
}

/** Letters with their numbers: an attacker's look like ours, their numbers do not. */
function named(text: string, { t }: View): string {
  const numbers = [...text].map(codePoint).join(" ");
  if (text === " ") return `${t.space} (${numbers})`;
  return /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(text) ? `“${text}” (${numbers})` : numbers;
}
