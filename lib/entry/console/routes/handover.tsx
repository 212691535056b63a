import type { Context } from "hono";
import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Handover } from "../../../domain/desk/desk.ts";
import { endLending, lend } from "../../../workflows/desk/delegate.ts";
import { signOff, writeHandover } from "../../../workflows/desk/handover.ts";
import { mayRead, type Reader } from "../../../workflows/desk/reader.ts";
import { survey } from "../../../workflows/desk/survey.ts";
import { may, maySomewhere, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { brandTitle } from "../brand-title.ts";
import { HandoverNotePage, HandoverPage } from "../pages/handover.tsx";
import { TroublePage } from "../pages/trouble.tsx";
import { readableBrands } from "../readable.ts";
import type { Saying } from "../saying.ts";
import type { Routes, Seat } from "../seat.ts";
import type { View } from "../view.ts";

const MOST_NOTES = 50;
const LONGEST = 10_000;

/** Notes from shift to shift, and rights that officers lend. */
export const handoverRoutes: Routes = (app, ports) => {
  app.get("/handover", (c) => handoverPage(c, ports, []));

  app.post("/handover", async (c) => {
    const view = c.get("view");
    const { text } = await c.req.parseBody();
    const brands = (await readableBrands(ports, view.person))
      .map(({ id }) => id)
      .filter((id) => may(view.person.rights, id, "triage"));
    const written =
      brands.length === 0
        ? ({ ok: false, error: { kind: "role-missing" } } as const)
        : await writeHandover(ports, readerOf(view), { text: wordsOf(text), brands });
    if (written.ok) return c.redirect(`/handover/${written.value.id}`, 303);
    const refusal = written.error.kind === "role-missing" ? "role-missing" : "bad-form";
    return handoverPage(c, ports, [refused(view.t.problem[refusal])]);
  });

  app.get("/handover/:id", async (c) => {
    const note = await readableNote(c, ports);
    return note === undefined ? unknownNote(c) : notePage(c, ports, note, []);
  });

  app.post("/handover/:id/sign-off", async (c) => {
    const view = c.get("view");
    const note = await readableNote(c, ports);
    if (note === undefined) return unknownNote(c);
    if (!mayTakeOver(view, note)) return notePage(c, ports, note, [refused(view.t.problem["role-missing"])]);
    const signed = await signOff(ports, readerOf(view), note.id);
    if (signed.ok) return notePage(c, ports, signed.value, [{ tone: "done", text: view.t.said.signed }]);
    if (signed.error.kind === "unknown-handover") return unknownNote(c);
    return notePage(c, ports, note, [refused(signOffText(signed.error, view))]);
  });

  app.post("/lending", async (c) => {
    const view = c.get("view");
    const form = await c.req.parseBody();
    const { rights, name } = view.person;
    const brands = (await readableBrands(ports, view.person))
      .map(({ id }) => id)
      .filter((id) => may(rights, id, "authorise"));
    if (brands.length === 0) return handoverPage(c, ports, [refused(view.t.problem["role-missing"])]);
    const loan = { from: name, to: wordsOf(form.to), brands, until: endOf(form.until), reason: wordsOf(form.reason) };
    const lent = await lend(ports, loan);
    if (lent.ok) return handoverPage(c, ports, [{ tone: "done", text: view.t.said.lent }]);
    const { kind } = lent.error;
    const known = kind === "no-reason" || kind === "to-self" || kind === "bad-day" ? kind : "bad-form";
    return handoverPage(c, ports, [refused(view.t.problem[known])]);
  });

  app.post("/lending/:id/end", async (c) => {
    const view = c.get("view");
    const mayAdminister = (brand: string) => may(view.person.rights, brand, "administer");
    const ended = await endLending(ports, c.req.param("id"), { by: view.person.name, mayAdminister });
    if (ended.ok) return handoverPage(c, ports, [{ tone: "done", text: view.t.said.ended }]);
    return handoverPage(c, ports, [refused(view.t.problem["unknown-delegation"])]);
  });
};

async function handoverPage(c: Context<Seat>, ports: SitePorts, said: readonly Saying[]): Promise<Response> {
  const view = c.get("view");
  const reader = readerOf(view);
  const { rights } = view.person;
  const [notes, { standing }, delegations] = await Promise.all([
    ports.desk.handovers(reader.brands, MOST_NOTES),
    survey(ports, reader.brands),
    ports.desk.delegations(reader.brands),
  ]);
  const readableOnly = <T extends { brands: string[] }>(all: readonly T[]) =>
    all.filter(({ brands }) => brands.every((brand) => mayRead(reader, brand)));
  const page = (
    <HandoverPage
      view={view}
      handovers={readableOnly(notes)}
      standing={standing}
      delegations={readableOnly(delegations)}
      may={{ triage: maySomewhere(rights, "triage"), authorise: maySomewhere(rights, "authorise") }}
      said={said}
    />
  );
  return c.html(page, statusOf(said));
}

/** A note that speaks of a brand one may not know of is not there. */
async function readableNote(c: Context<Seat>, { desk }: SitePorts): Promise<Handover | undefined> {
  const { rights } = c.get("view").person;
  const note = await desk.handover((c.req.param("id") ?? "").slice(0, 100));
  return note?.brands.every((brand) => may(rights, brand, "read")) ? note : undefined;
}

function unknownNote(c: Context<Seat>): Response | Promise<Response> {
  const view = c.get("view");
  return c.html(<TroublePage view={view} title={view.t.trouble.noHandover} hint={view.t.trouble.notFoundHint} />, 404);
}

/** Whoever takes over works on all that the note speaks of, and is not who wrote it. */
function mayTakeOver({ person }: View, { brands }: Handover): boolean {
  return brands.every((brand) => may(person.rights, brand, "triage"));
}

async function notePage(
  c: Context<Seat>,
  ports: SitePorts,
  note: Handover,
  said: readonly Saying[],
): Promise<Response> {
  const view = c.get("view");
  const maySign = note.by !== view.person.name && mayTakeOver(view, note);
  const brands = await readableBrands(ports, view.person);
  const titles = note.brands.map((id) =>
    titleOf(
      brands.find((brand) => brand.id === id),
      id,
      view,
    ),
  );
  const page = <HandoverNotePage view={view} handover={note} titles={titles} maySign={maySign} said={said} />;
  return c.html(page, statusOf(said));
}

function titleOf(brand: BrandProfile | undefined, id: string, view: View): string {
  return brand === undefined ? id : brandTitle(brand, view);
}

function readerOf({ person }: View): Reader {
  return { name: person.name, brands: readable(person.rights) };
}

function signOffText(
  problem: Extract<Awaited<ReturnType<typeof signOff>>, { ok: false }>["error"],
  { t }: View,
): string {
  if (problem.kind !== "signed") return t.problem["own-note"];
  const { by = "", at = "" } = problem.handover.signedOff ?? {};
  return t.problem["signed-before"](by, at.slice(0, 16).replace("T", " "));
}

function refused(text: string): Saying {
  return { tone: "refused", text };
}

function statusOf(said: readonly Saying[]): 200 | 422 {
  return said.some(({ tone }) => tone === "refused") ? 422 : 200;
}

function wordsOf(value: unknown): string {
  return typeof value === "string" ? value.slice(0, LONGEST) : "";
}

/** The end of a day in UTC. */
function endOf(day: unknown): string {
  return typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T23:59:59.999Z` : "";
}
