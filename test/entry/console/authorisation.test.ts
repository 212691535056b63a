import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../../lib/entry/access/rights.ts";
import { createConsole } from "../../../lib/entry/console/app.tsx";
import { lend } from "../../../lib/workflows/desk/delegate.ts";
import { writeHandover } from "../../../lib/workflows/desk/handover.ts";
import { decide } from "../../../lib/workflows/triage/decide.ts";
import { type House, NOW, openHouse, person } from "./house.ts";

const DAY = "2026-11-20";
const OTHER = "tern";

/** One request of the console. `least`: the role that it takes. `apart`: what another brand's people get; a page of their own, or nothing. */
interface Row {
  route: string;
  path(ids: Ids): string;
  form?(version: string): Record<string, string>;
  least: Role;
  done: number;
  apart: "own" | "unknown";
}

interface Ids {
  open: string;
  confirmed: string;
  icon: string;
  ours: string;
  note: string;
  loan: string;
}

const page = (route: string, least: Role = "viewer"): Row => ({
  route: `GET ${route}`,
  path: () => route,
  least,
  done: 200,
  apart: "own",
});
const deed = (name: string, least: Role, form: Record<string, string>, on: "open" | "confirmed" = "open"): Row => ({
  route: "POST /findings/:id/:deed",
  path: (ids) => `/findings/${ids[on]}/${name}`,
  form: (version) => ({ version, ...form }),
  least,
  done: 303,
  apart: "unknown",
});

const ROWS: Row[] = [
  page("/"),
  page("/queue"),
  page("/campaigns"),
  page("/coverage"),
  page("/sources"),
  page("/brands"),
  page("/metrics"),
  page("/handover"),
  page("/keys"),
  { route: "GET /findings/:id", path: ({ open }) => `/findings/${open}`, least: "viewer", done: 200, apart: "unknown" },
  {
    route: "GET /findings/:id/icons/:file",
    path: ({ open, icon }) => `/findings/${open}/icons/${icon}.png`,
    least: "viewer",
    done: 200,
    apart: "unknown",
  },
  { route: "GET /brands/:id", path: () => "/brands/northwind", least: "viewer", done: 200, apart: "unknown" },
  {
    route: "GET /brands/:id/icons/:file",
    path: ({ ours }) => `/brands/northwind/icons/${ours}.png`,
    least: "viewer",
    done: 200,
    apart: "unknown",
  },
  {
    route: "GET /campaigns/:id",
    path: ({ open }) => `/campaigns/${open}`,
    least: "viewer",
    done: 200,
    apart: "unknown",
  },
  { route: "GET /handover/:id", path: ({ note }) => `/handover/${note}`, least: "viewer", done: 200, apart: "unknown" },
  ...["next", "previous"].map(
    (way): Row => ({
      route: `GET /findings/:id/${way}`,
      path: ({ open }) => `/findings/${open}/${way}`,
      least: "viewer",
      done: 302,
      apart: "unknown",
    }),
  ),
  deed("assign", "analyst", { to: "somebody" }),
  deed("note", "analyst", { text: "a note" }),
  deed("snooze", "analyst", { until: DAY, reason: "waiting" }),
  deed("wake", "analyst", {}),
  deed("decide", "analyst", { disposition: "unrelated", reason: "a namesake" }),
  deed("decide", "officer", { disposition: "authorised", reason: "a partner", expires: DAY }),
  deed("reopen", "analyst", { reason: "new facts" }, "confirmed"),
  deed("attempt", "analyst", { recipient: "store", channel: "form", state: "drafted" }, "confirmed"),
  deed("attempt", "officer", { recipient: "host", channel: "form", state: "sent" }, "confirmed"),
  {
    route: "POST /handover",
    path: () => "/handover",
    form: () => ({ text: "all quiet" }),
    least: "analyst",
    done: 303,
    apart: "own",
  },
  {
    route: "POST /handover/:id/sign-off",
    path: ({ note }) => `/handover/${note}/sign-off`,
    form: () => ({}),
    least: "analyst",
    done: 200,
    apart: "unknown",
  },
  {
    route: "POST /lending",
    path: () => "/lending",
    form: () => ({ to: "deputy", until: DAY, reason: "holidays" }),
    least: "officer",
    done: 200,
    apart: "own",
  },
  {
    route: "POST /lending/:id/end",
    path: ({ loan }) => `/lending/${loan}/end`,
    form: () => ({}),
    least: "admin",
    done: 200,
    apart: "own",
  },
  {
    route: "POST /settings",
    path: () => "/settings",
    form: () => ({ language: "zh", back: "/" }),
    least: "viewer",
    done: 303,
    apart: "own",
  },
];

/** Several cases at once: their own tests try what comes of each. */
const ELSEWHERE = ["POST /queue", "POST /campaigns/:id", "GET /static/*"];

const ROLES: Role[] = ["viewer", "analyst", "officer", "admin"];

describe("who may do what at the console", () => {
  let house: House;
  let fresh: () => Promise<Ids>;
  let first: Ids;
  let made = 0;

  beforeAll(async () => {
    house = await openHouse();
    const boss = { name: "boss", brands: undefined };
    fresh = async () => {
      made += 1;
      const shared = { developer: { name: "Fast Apps", key: `d-${made}` } };
      const open = await house.finding(`open${made}`, shared);
      const confirmed = await house.finding(`confirmed${made}`, shared);
      await decide(house.ports, confirmed.id, { disposition: "impersonation", reason: "sure", by: "boss" });
      const note = await writeHandover(house.ports, boss, { text: `note ${made}`, brands: ["northwind"] });
      const loan = await lend(house.ports, {
        from: `boss${made}`,
        to: `x${made}`,
        brands: ["northwind"],
        until: `${DAY}T00:00:00.000Z`,
        reason: "away",
      });
      if (!note.ok || !loan.ok) throw new Error("the house could not be furnished");
      const [brand] = await house.ports.brands();
      return {
        open: open.id,
        confirmed: confirmed.id,
        icon: open.icon ?? "",
        ours: brand?.icons[0]?.sha256 ?? "",
        note: note.value.id,
        loan: loan.value.id,
      };
    };
    first = await fresh();
  });
  afterAll(() => house.close());

  async function ask(row: Row, ids: Ids, who: Parameters<House["ask"]>[0]): Promise<Response> {
    const path = row.path(ids);
    const id = /\/findings\/([^/]+)/.exec(path)?.[1];
    const version = id === undefined ? 0 : ((await house.ports.ledger.read(id))?.version ?? 0);
    return house.ask(who, path, row.form?.(String(version)));
  }

  it("has a row here for every route", () => {
    const gate = { personOf: async () => undefined, signOut: "/sign-out", mount: () => {} };
    const routes = createConsole(house.ports, gate).routes.filter(
      ({ method, path }) => method !== "ALL" && path !== "/*",
    );
    const known = new Set([...ROWS.map(({ route }) => route), ...ELSEWHERE]);
    expect(
      [...new Set(routes.map(({ method, path }) => `${method} ${path}`))].filter((route) => !known.has(route)),
    ).toEqual([]);
  });

  it.each(ROWS.map((row) => [`${row.route} ${Object.values(row.form?.("") ?? {}).join(" ")}`, row] as const))(
    "%s",
    async (_, row) => {
      const nobody = await ask(row, first, undefined);
      expect(nobody.status).toBe(401);
      expect(await nobody.text()).not.toContain("Northwind");
      for (const role of ROLES) {
        // What is only read can be read again.
        const ids = row.form === undefined ? first : await fresh();
        const before = await house.ports.ledger.read(ids.open);
        const answer = await ask(row, ids, person(role, role, "northwind"));
        const allowed = ROLES.indexOf(role) >= ROLES.indexOf(row.least);
        if (allowed) expect(answer.status, role).toBe(row.done);
        else expect([403, 422], role).toContain(answer.status);
        if (!allowed) expect(await house.ports.ledger.read(ids.open), role).toEqual(before);
      }
      const ids = row.form === undefined ? first : await fresh();
      const before = [await house.ports.ledger.read(ids.open), await house.ports.ledger.read(ids.confirmed)];
      for (const role of ROLES) {
        const answer = await ask(row, ids, person(`${role} apart`, role, OTHER));
        const text = await answer.text();
        if (row.apart === "unknown") expect(answer.status, role).toBe(404);
        expect(text, role).not.toContain("Northwind");
        expect([await house.ports.ledger.read(ids.open), await house.ports.ledger.read(ids.confirmed)], role).toEqual(
          before,
        );
      }
    },
  );

  it("lets an analyst send what an officer lent the right for, and names both", async () => {
    const ids = await fresh();
    await lend(house.ports, {
      from: "boss",
      to: "mei",
      brands: ["northwind"],
      until: `${DAY}T00:00:00.000Z`,
      reason: "away",
    });
    const row = ROWS.find(({ form }) => form?.("").state === "sent") as Row;
    expect((await ask(row, ids, person("mei", "analyst", "northwind"))).status).toBe(303);
    expect((await house.ports.ledger.history(ids.confirmed)).at(-1)?.events).toMatchObject([
      { by: "mei", onBehalfOf: "boss", at: NOW },
    ]);
  });

  it.each(["/queue", "/campaigns"])("decides at %s only the ticked cases of brands that may be", async (path) => {
    const ids = await fresh();
    const before = await house.ports.ledger.read(ids.open);
    const form = { finding: `${ids.open}:${before?.version}`, disposition: "unrelated", reason: "no" };
    const target = path === "/campaigns" ? `/campaigns/${ids.open}` : path;
    for (const who of [person("v", "viewer", "northwind"), person("a", "analyst", OTHER)]) {
      const answer = await house.ask(who, target, form);
      expect([404, 409]).toContain(answer.status);
      expect(await house.ports.ledger.read(ids.open)).toEqual(before);
    }
    expect((await house.ask(person("a2", "analyst", "northwind"), target, form)).status).toBe(200);
    expect(await house.ports.ledger.read(ids.open)).toMatchObject({ disposition: { value: "unrelated", by: "a2" } });
  });

  it("takes no form from another site", async () => {
    const ids = await fresh();
    const who = person("mei2", "analyst", "northwind");
    house.people.set(who.name, who);
    const headers = { cookie: "person=mei2", origin: "https://evil.example" };
    const body = new URLSearchParams({ text: "forged" });
    const answer = await house.site.request(`/findings/${ids.open}/note`, { method: "POST", headers, body });
    expect(answer.status).toBe(403);
  });
});
