import type { Context } from "hono";
import { type Finding, isFindingId } from "../../../domain/finding/finding.ts";
import { may } from "../../access/rights.ts";
import { createIconMaker } from "../icon-maker.ts";
import type { Routes, Seat } from "../seat.ts";

/** Icons from the evidence, drawn anew: what a browser gets was made by us, whatever the attacker's file was. */
export const imageRoutes: Routes = (app, ports) => {
  const make = createIconMaker(ports.locker);

  app.get("/findings/:id/icons/:file", async (c) => {
    const { id, file } = c.req.param();
    const hash = hashIn(file);
    const finding = isFindingId(id) ? await ports.ledger.read(id) : undefined;
    if (finding === undefined || !isOf(finding, hash) || !may(c.get("view").person.rights, finding.brand, "read"))
      return c.notFound();
    return answer(c, await make(hash));
  });

  app.get("/brands/:id/icons/:file", async (c) => {
    const { id, file } = c.req.param();
    const hash = hashIn(file);
    const brand = (await ports.brands()).find((one) => one.id === id);
    const known = brand?.icons.some(({ sha256 }) => sha256 === hash) ?? false;
    if (!known || !may(c.get("view").person.rights, id, "read")) return c.notFound();
    return answer(c, await make(hash));
  });
};

/** What was seen of the listing, or compared with it. */
function isOf({ icon, evidence, assessment }: Finding, hash: string): boolean {
  return (
    icon === hash || evidence.includes(hash) || assessment.signals.some((signal) => signal.evidence.includes(hash))
  );
}

function hashIn(file: string): string {
  return /^([0-9a-f]{64})\.png$/.exec(file)?.[1] ?? "";
}

/** The address names the bytes, so that it never changes; only this person's browser may keep it. */
function answer(c: Context<Seat>, png: Uint8Array | undefined): Response | Promise<Response> {
  if (png === undefined) return c.notFound();
  const headers = { "content-type": "image/png", "cache-control": "private, max-age=31536000, immutable" };
  return c.body(new Uint8Array(png), 200, headers);
}
