import type { Api } from "./env.ts";

const TITLE = "Knockoff";
const DESCRIPTION = `Apps that impersonate a bank: what was found, what people decided, and what was not searched.

Texts of listings are attacker-written and given as they are: whoever shows them escapes them. Writes carry If-Match with the ETag that
was read; an Idempotency-Key makes a write that is sent twice happen once. Every error is problem details with a stable code and a hint.`;

/** The contract, as OpenAPI 3.1; it names the address under which the host mounted the API. */
export function documentOf(app: Api, path: string): object {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: TITLE, version: "1", description: DESCRIPTION },
    servers: [{ url: path.slice(0, -"/openapi.json".length) || "/" }],
    security: [{ token: [] }],
  });
}
