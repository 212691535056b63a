import type { Context } from "hono";
import { type Finding, isFindingId } from "../../../domain/finding/finding.ts";
import { campaignAround } from "../../../workflows/triage/campaign.ts";
import { authorityFor } from "../../access/authority.ts";
import { may } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { deedOf } from "../deeds.ts";
import { FindingPage } from "../pages/finding.tsx";
import { TroublePage } from "../pages/trouble.tsx";
import { problemStatus, problemText } from "../problem-text.ts";
import { queueFilter, queueQuery, queueWish } from "../queue-wish.ts";
import { decidedSaying, type Saying } from "../saying.ts";
import type { Routes, Seat } from "../seat.ts";

export const findingRoutes: Routes = (app, ports) => {
  app.get("/findings/:id", async (c) => {
    const finding = await readableFinding(c, ports);
    if (finding === undefined) return unknownFinding(c);
    return findingPage(c, ports, finding, await decidedSaying(ports.ledger, c.get("view"), c.req.query("done")), 200);
  });

  app.post("/findings/:id/:deed", async (c) => {
    const view = c.get("view");
    const finding = await readableFinding(c, ports);
    const deed = deedOf(c.req.param("deed"));
    if (finding === undefined || deed === undefined) return unknownFinding(c);
    const form = await c.req.parseBody();
    const next = form.then === "next" ? (await neighboursOf(c, ports, finding)).next : undefined;
    const done = await deed(ports, view, finding, form);
    if (done.ok) return c.redirect(afterwards(c, finding.id, form.then, next), 303);
    const current = (await ports.ledger.read(finding.id)) ?? finding;
    const said: Saying[] = [{ tone: "refused", text: problemText(done.error, view) }];
    return findingPage(c, ports, current, said, problemStatus(done.error));
  });
};

/** A case of another bank is not even confirmed to exist. */
async function readableFinding(c: Context<Seat>, { ledger }: SitePorts): Promise<Finding | undefined> {
  const id = c.req.param("id") ?? "";
  const finding = isFindingId(id) ? await ledger.read(id) : undefined;
  return finding !== undefined && may(c.get("view").person.rights, finding.brand, "read") ? finding : undefined;
}

function unknownFinding(c: Context<Seat>): Response | Promise<Response> {
  const view = c.get("view");
  return c.html(<TroublePage view={view} title={view.t.trouble.noFinding} hint={view.t.trouble.noFindingHint} />, 404);
}

async function findingPage(
  c: Context<Seat>,
  ports: SitePorts,
  finding: Finding,
  said: readonly Saying[],
  status: 200 | 403 | 404 | 409 | 422,
): Promise<Response> {
  const view = c.get("view");
  const { rights } = view.person;
  const [history, around, brands, delegations, policy, neighbours] = await Promise.all([
    ports.ledger.history(finding.id),
    campaignAround(ports.ledger, finding, (brand) => may(rights, brand, "read")),
    ports.brands(),
    ports.desk.delegations(),
    ports.policy(),
    neighboursOf(c, ports, finding),
  ]);
  const source = ports.sources.find(({ about }) => about.id === finding.listing.source);
  return c.html(
    <FindingPage
      view={view}
      finding={finding}
      brand={brands.find(({ id }) => id === finding.brand)}
      sourceName={source?.about.name[view.language] ?? finding.listing.source}
      history={history}
      campaign={around.campaign}
      queue={queueOf(c)}
      neighbours={neighbours}
      may={{
        triage: may(rights, finding.brand, "triage"),
        authorise: authorityFor(view.person, finding.brand, "authorise", delegations, view.now).granted,
      }}
      fourEyes={policy.fourEyes}
      said={said}
    />,
    status,
  );
}

/** The queue this case was opened from, made sound. */
function queueOf(c: Context<Seat>): string {
  const query = Object.fromEntries(new URLSearchParams((c.req.query("queue") ?? "").slice(0, 2_500)));
  return queueQuery({ ...queueWish(query), cursor: undefined });
}

async function neighboursOf(c: Context<Seat>, ports: SitePorts, finding: Finding) {
  const view = c.get("view");
  const wish = queueWish(Object.fromEntries(new URLSearchParams(queueOf(c))));
  return ports.ledger.neighbours(queueFilter(wish, view.person, view.now), finding);
}

/** On to the next case, or back to the queue when there is none; anything but a decision stays where it was. */
function afterwards(c: Context<Seat>, id: string, then: unknown, next: string | undefined): string {
  const queue = queueOf(c);
  const query = new URLSearchParams(queue === "" ? {} : { queue });
  if (then !== "next") return `/findings/${id}?${query}`;
  query.set("done", id);
  if (next !== undefined) return `/findings/${next}?${query}`;
  const back = new URLSearchParams(queue);
  back.set("done", id);
  return `/queue?${back}`;
}
