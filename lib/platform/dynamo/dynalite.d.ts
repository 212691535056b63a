declare module "dynalite" {
  import type { Server } from "node:http";

  /** The few options used here; the package ships no types. Times in milliseconds. */
  function dynalite(options: { path?: string; createTableMs: number }): Server;
  export = dynalite;
}
