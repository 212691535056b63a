import { createOidcGate } from "../lib/entry/access/oidc-gate.ts";
import { createConsole } from "../lib/entry/console/app.tsx";
import { oidcOptions } from "./login.ts";
import { logger } from "./runtime.ts";
import { noting, serve } from "./serving.ts";
import { sitePorts } from "./site-ports.ts";

/** The console for browsers, which sign in at the bank's own provider. The API is a function of its own. */
export const handler = serve(() => {
  const options = oidcOptions(process.env);
  const gate = createOidcGate({
    ...options,
    report: (problem, detail) => logger.warn("login", { problem, detail }),
  });
  const { origin } = new URL(options.address);
  return createConsole(sitePorts(process.env), { ...gate, personOf: noting(gate.personOf) }, { origin });
});
