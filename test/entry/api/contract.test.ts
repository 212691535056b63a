import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createApi } from "../../../lib/entry/api/app.ts";
import { PROBLEM_CODES } from "../../../lib/entry/api/problem.ts";
import type { SitePorts } from "../../../lib/entry/site/ports.ts";
import { somebody } from "./site.ts";

const SNAPSHOT = fileURLToPath(new URL("./openapi.json", import.meta.url));
const RENEW = "RENEW=1 npx vitest run test/entry/api/contract.test.ts";

interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
}

interface Contract {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
  security: Record<string, unknown>[];
}

let contract: Contract;
let operations: [string, Operation][];

beforeAll(async () => {
  // The contract is the same whatever the site stands on.
  const app = createApi({} as SitePorts, async () => somebody("vera", "viewer", "northwind"));
  contract = (await (await app.request("/openapi.json")).json()) as Contract;
  if (process.env.RENEW) writeFileSync(SNAPSHOT, `${JSON.stringify(contract, null, 2)}\n`);
  operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );
});

describe("the contract", () => {
  it("is the one that was agreed on", () => {
    const sentence = `The API's contract has changed. If that is meant, and no client breaks, renew its record: ${RENEW}`;
    expect(contract, sentence).toEqual(JSON.parse(readFileSync(SNAPSHOT, "utf8")));
  });

  it("is OpenAPI 3.1, under a token", () => {
    expect(contract.openapi).toBe("3.1.0");
    expect(contract.info).toMatchObject({ title: "Knockoff", version: expect.any(String) });
    for (const scheme of contract.security.flatMap((one) => Object.keys(one)))
      expect(contract.components.securitySchemes).toHaveProperty(scheme);
  });

  it("says of every route what it gives, and which problems to expect", () => {
    for (const [route, { summary, responses }] of operations) {
      expect(summary, route).toMatch(/\w/);
      expect(Object.keys(responses), route).toEqual(expect.arrayContaining(["200", "400", "401", "403"]));
      for (const [status, { description, content }] of Object.entries(responses)) {
        expect(description, route).toMatch(/\w/);
        const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
        if (status !== "200") expect(content, `${route} ${status}`).toEqual(problem);
        else expect(Object.keys(content), route).toHaveLength(1);
      }
    }
  });

  it("declares every parameter of every path, and no other", () => {
    for (const [route, { parameters = [] }] of operations) {
      const named = parameters.filter((one) => one.in === "path");
      expect(named.map(({ name }) => name).sort(), route).toEqual(
        [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
      );
      for (const { required } of named) expect(required, route).toBe(true);
    }
  });

  it("takes a key with everything that changes something, and JSON alone", () => {
    for (const [route, { parameters = [], requestBody, responses }] of operations) {
      if (!route.startsWith("post ")) continue;
      expect(
        parameters.map(({ name }) => name),
        route,
      ).toContain("idempotency-key");
      if (requestBody) expect(Object.keys(requestBody.content), route).toEqual(["application/json"]);
      expect(Object.keys(responses), route).toEqual(expect.arrayContaining(["409", "413", "415", "422"]));
    }
  });

  it("refers to nothing that is not there", () => {
    const references = [...JSON.stringify(contract).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const [, name] of references) expect(contract.components.schemas).toHaveProperty(name as string);
  });

  it("names every code a program may go by", () => {
    expect(contract.components.schemas.Problem).toMatchObject({ properties: { code: { enum: PROBLEM_CODES } } });
  });
});
