import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { Gate } from "../../lib/entry/access/gate.ts";
import type { Person } from "../../lib/entry/access/rights.ts";
import type { SitePorts } from "../../lib/entry/site/ports.ts";
import { createSite } from "../../lib/entry/site/site.ts";
import { instantOf } from "../../lib/kernel/time.ts";
import { createDesk } from "../../lib/platform/dynamo/desk.ts";
import { openEmbedded } from "../../lib/platform/dynamo/embedded.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { createScanBook } from "../../lib/platform/dynamo/scan-book.ts";
import { createFolderLocker } from "../../lib/platform/locker/folder.ts";
import { registry } from "../../lib/sources/registry.ts";

/** Entry of the process that `npm run bench:api` measures: the site over the ledger in the folder it is told, until it is told to end. */

const [folder = ""] = process.argv.slice(2);
const embedded = await openEmbedded(folder);
const ports: SitePorts = {
  ledger: createLedger(embedded.db),
  book: createScanBook(embedded.db),
  desk: createDesk(embedded.db),
  locker: createFolderLocker(join(folder, "locker")),
  sources: registry.map(({ about }) => ({ about, can: [] })),
  brands: async () => [],
  policy: async () => ({ fourEyes: false }),
  clock: () => instantOf(Date.now()),
};
/** Signing in is not measured: whoever says a name is believed. */
const gate: Gate = {
  personOf: async (c): Promise<Person> => ({
    name: c.req.header("x-person") ?? "nobody",
    rights: { all: "analyst", brands: {} },
  }),
  signOut: "/sign-out",
  mount: () => {},
};
const site = createSite(ports, gate);
const server = serve({ fetch: site.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => process.send?.({ port }));

process.once("message", () => {
  server.close(() => void embedded.close().then(() => process.disconnect?.()));
});
