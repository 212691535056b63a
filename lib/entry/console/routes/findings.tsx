import type { Context } from "hono";
import { type Finding, isFindingId } from "../../../domain/finding/finding.ts";
import type { Direction } from "../../../domain/finding/ledger.ts";
import { relatedTo } from "../../../workflows/triage/related.ts";
import { authorityFor } from "../../access/authority.ts";
import { may, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { deedOf } from "../deeds.ts";
import type { FindingProps } from "../pages/finding/props.ts";
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
    const said = await decidedSaying(ports.ledger, c.get("view"), c.req.query("done"));
    return findingPage(c, ports, finding, { said, status: 200 });
  });

  app.get("/findings/:id/next", (c) => neighbour(c, ports, "next"));
  app.get("/findings/:id/previous", (c) => neighbour(c, ports, "previous"));

  app.post("/findings/:id/:deed", async (c) => {
    const view = c.get("view");
    const finding = await readableFinding(c, ports);
    const deed = deedOf(c.req.param("deed"));
    if (finding === undefined || deed === undefined) return unknownFinding(c);
    const form = await c.req.parseBody();
    const done = await deed(ports, view, finding, form);
    if (done.ok) return c.redirect(afterwards(c, finding.id, form.go), 303);
    const current = (await ports.ledger.read(finding.id)) ?? finding;
    const said: Saying[] = [{ tone: "refused", text: problemText(done.error, view) }];
    return findingPage(c, ports, current, {
      said,
      entered: { deed: c.req.param("deed"), values: textsIn(form) },
      status: problemStatus(done.error),
    });
  });
};

/** Steps of a case that are shown, the latest; the rest are counted. */
const MOST_COMMITS = 100;

/** Kept files that are told of; a case that changed often has more. */
const MOST_EVIDENCE = 20;

function textsIn(form: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

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
  { said, entered, status }: Pick<FindingProps, "said" | "entered"> & { status: 200 | 403 | 404 | 409 | 422 },
): Promise<Response> {
  const view = c.get("view");
  const { rights } = view.person;
  const [history, related, brands, delegations, policy, evidence] = await Promise.all([
    ports.ledger.history(finding.id, { commits: MOST_COMMITS }),
    relatedTo(ports.ledger, finding, 20, readable(rights)),
    ports.brands(),
    ports.desk.delegations([finding.brand]),
    ports.policy(),
    Promise.all(finding.evidence.slice(-MOST_EVIDENCE).map((hash) => ports.locker.about(hash))),
  ]);
  return c.html(
    <FindingPage
      view={view}
      finding={finding}
      brand={brands.find(({ id }) => id === finding.brand)}
      history={history}
      related={related}
      queue={queueOf(c)}
      may={{
        triage: may(rights, finding.brand, "triage"),
        authorise: authorityFor(view.person, finding.brand, "authorise", delegations, view.now).granted,
      }}
      fourEyes={policy.fourEyes}
      said={said}
      entered={entered}
      evidence={evidence.filter((about) => about !== undefined)}
    />,
    status,
  );
}

/** The queue this case was opened from, made sound. */
function queueOf(c: Context<Seat>): string {
  const query = Object.fromEntries(new URLSearchParams((c.req.query("queue") ?? "").slice(0, 2_500)));
  return queueQuery({ ...queueWish(query), cursor: undefined });
}

/** On to the case beside this one in its queue, or back to the queue where there is none. What was decided before comes along. */
async function neighbour(c: Context<Seat>, ports: SitePorts, way: Direction): Promise<Response> {
  const finding = await readableFinding(c, ports);
  if (finding === undefined) return unknownFinding(c);
  const { person, now } = c.get("view");
  const queue = queueOf(c);
  const wish = queueWish(Object.fromEntries(new URLSearchParams(queue)));
  const beside = await ports.ledger.neighbour(queueFilter(wish, person, now), finding, way);
  const done: Record<string, string> = c.req.query("done") === finding.id ? { done: finding.id } : {};
  if (beside !== undefined)
    return c.redirect(`/findings/${beside}?${new URLSearchParams({ ...inQueue(queue), ...done })}`);
  return c.redirect(`/queue?${new URLSearchParams([...new URLSearchParams(queue), ...Object.entries(done)])}`);
}

/** A decision may lead on to the next case; anything else stays where it was. */
function afterwards(c: Context<Seat>, id: string, go: unknown): string {
  const queue = inQueue(queueOf(c));
  if (go !== "next") return `/findings/${id}?${new URLSearchParams(queue)}`;
  return `/findings/${id}/next?${new URLSearchParams({ ...queue, done: id })}`;
}

function inQueue(queue: string): Record<string, string> {
  return queue === "" ? {} : { queue };
}
