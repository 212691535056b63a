import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import { type AlignedPart, nearestName } from "../../../domain/match/name/align.ts";
import { clip } from "../../../kernel/text.ts";
import { codePoint } from "../untrusted.ts";
import type { View } from "../view.ts";
import { Scroller } from "./scroller.tsx";
import { Untrusted } from "./text.tsx";

/** The names of ours that the machine compared with theirs; all of the brand's where it named none. */
function comparedNames(finding: Finding, brand: BrandProfile | undefined): string[] {
  const named = finding.assessment.signals.flatMap(({ rule, facts }) =>
    rule.startsWith("name.") && typeof facts.name === "string" ? [facts.name] : [],
  );
  return named.length > 0 ? named : (brand?.names.map(({ text }) => text) ?? []);
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
  const differing = nearest.parts.filter(({ kind }) => kind !== "same" && kind !== "around");
  return (
    <>
      <Scroller label={t.names.title}>
        <table class="letters">
          <tbody>
            <tr>
              <th scope="row">{t.ours}</th>
              {nearest.parts.map((part) => (
                <td class={part.kind}>{part.kind === "around" ? "" : letters(part.ours)}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t.theirs}</th>
              {nearest.parts.map((part) => (
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

function differenceText({ kind, ours, theirs }: AlignedPart, { t }: View) {
  return t.names.difference[kind](named(ours), named(theirs));
}

/** Letters with their numbers: an attacker's look like ours, their numbers do not. */
function named(text: string): string {
  const points = [...text];
  const numbers = points.map(codePoint).join(" ");
  return /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(text) ? `“${text}” (${numbers})` : numbers;
}
