import type { Delegation, Handover, Standing } from "../../../domain/desk/desk.ts";
import { isInForce } from "../../access/authority.ts";
import { Page } from "../page.tsx";
import { Said } from "../parts/said.tsx";
import { Moment, Untrusted } from "../parts/text.tsx";
import type { Saying } from "../saying.ts";
import type { View } from "../view.ts";

interface HandoverProps {
  view: View;
  handovers: readonly Handover[];
  standing: Standing;
  delegations: readonly Delegation[];
  may: { triage: boolean; authorise: boolean };
  said: readonly Saying[];
}

/** Notes from shift to shift, and rights that officers lend. */
export function HandoverPage({ view, handovers, standing, delegations, may, said }: HandoverProps) {
  const { t } = view;
  return (
    <Page view={view} title={t.handover.title} tab="handover">
      <Said said={said} />
      {may.triage ? (
        <section class="panel" aria-labelledby="write">
          <h2 id="write">{t.handover.write}</h2>
          <p class="quiet">{t.handover.standingHint}</p>
          <StandingList view={view} standing={standing} />
          <form method="post" action="/handover">
            <label class="field" for="handover-text">
              {t.handover.text}
            </label>
            <textarea id="handover-text" name="text" rows={5} required maxlength={4_000} />
            <button type="submit" class="primary">
              {t.handover.hand}
            </button>
          </form>
        </section>
      ) : null}
      <section aria-labelledby="notes">
        <h2 id="notes">{t.handover.notes}</h2>
        {handovers.length === 0 ? <p class="quiet">{t.handover.none}</p> : null}
        <ol class="members">
          {handovers.map((handover) => (
            <li>
              <a href={`/handover/${handover.id}`}>
                <Moment at={handover.at} />
              </a>{" "}
              <Untrusted text={handover.by} max={60} /> · <SignedOff view={view} handover={handover} />
              <div class="quiet">
                <Untrusted text={handover.text} max={140} />
              </div>
            </li>
          ))}
        </ol>
      </section>
      <Lending view={view} delegations={delegations} mayLend={may.authorise} />
    </Page>
  );
}

interface NoteProps {
  view: View;
  handover: Handover;
  /** What its brands are called. */
  titles: readonly string[];
  maySign: boolean;
  said: readonly Saying[];
}

/** One note, as it is printed and signed. */
export function HandoverNotePage(props: NoteProps) {
  const { view, handover, titles, maySign, said } = props;
  const { t } = view;
  return (
    <Page view={view} title={t.handover.one} tab="handover">
      <Said said={said} />
      <article class="panel sheet">
        <p>
          {t.handover.by}{" "}
          <b>
            <Untrusted text={handover.by} max={60} />
          </b>{" "}
          · <Moment at={handover.at} /> · {titles.join(", ")}
        </p>
        <p class="words">
          <Untrusted text={handover.text} max={4_000} lines />
        </p>
        <h2>{t.handover.stood}</h2>
        <StandingList view={view} standing={handover.standing} />
        <p class="signature">
          <SignedOff view={view} handover={handover} />
        </p>
        {maySign && handover.signedOff === undefined ? (
          <form method="post" action={`/handover/${handover.id}/sign-off`} class="no-print">
            <button type="submit" class="primary">
              {t.handover.sign}
            </button>
          </form>
        ) : null}
        {handover.signedOff === undefined ? <p class="print-only signature">{t.handover.signHere}</p> : null}
        <p class="quiet no-print">{t.handover.printHint}</p>
      </article>
    </Page>
  );
}

function SignedOff({ view, handover }: { view: View; handover: Handover }) {
  const { t } = view;
  const { signedOff } = handover;
  if (signedOff === undefined) return <>{t.handover.unsigned}</>;
  return (
    <>
      {t.handover.signedBy} <Untrusted text={signedOff.by} max={60} /> · <Moment at={signedOff.at} />
    </>
  );
}

function StandingList({ view, standing }: { view: View; standing: Standing }) {
  const { t } = view;
  const plus = standing.many ? "+" : "";
  return (
    <dl class="facts">
      <dt>{t.start.undecided}</dt>
      <dd>
        {standing.undecided}
        {plus}
      </dd>
      <dt>{t.start.overdue}</dt>
      <dd>
        {standing.overdue}
        {plus}
      </dd>
      <dt>{t.start.approvals}</dt>
      <dd>{standing.approvals}</dd>
      <dt>{t.start.notSearched}</dt>
      <dd>{standing.notSearched.length === 0 ? t.none : standing.notSearched.map(view.storeName).join(", ")}</dd>
    </dl>
  );
}

function Lending({ view, delegations, mayLend }: { view: View; delegations: readonly Delegation[]; mayLend: boolean }) {
  const { t, now, person } = view;
  const inForce = delegations.filter((one) => isInForce(one, now));
  if (!mayLend && inForce.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="lend">
      <h2 id="lend">{t.lend.title}</h2>
      <p class="quiet">{t.lend.what}</p>
      <ul class="members">
        {inForce.map(({ id, from, to, brands, until, reason }) => (
          <li>
            <Untrusted text={from} max={60} /> → <Untrusted text={to} max={60} /> · {brands.join(", ")} · {t.lend.until}{" "}
            <Moment at={until} /> · <Untrusted text={reason} max={200} />
            {from === person.name ? (
              <form method="post" action={`/lending/${id}/end`} class="inline">
                <button type="submit">{t.lend.end}</button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      {mayLend ? (
        <details>
          <summary>{t.lend.begin}</summary>
          <form method="post" action="/lending">
            <label class="field">
              {t.lend.to} <input type="text" name="to" required maxlength={200} autocomplete="off" />
            </label>
            <label class="field">
              {t.lend.until} <input type="date" name="until" required />
            </label>
            <label class="field">
              {t.handle.reason} <input type="text" name="reason" required maxlength={500} />
            </label>
            <button type="submit">{t.lend.lend}</button>
          </form>
        </details>
      ) : null}
    </section>
  );
}
