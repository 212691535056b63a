import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDoor } from "../../../lib/platform/http/door.ts";
import { about } from "../../../lib/sources/app-store/manifest.ts";
import { appStore } from "../../../lib/sources/app-store/source.ts";
import { type Storefront, startStorefront } from "../../storefront/server.ts";

describe("suggestions of the App Store", () => {
  let storefront: Storefront;

  beforeAll(async () => {
    storefront = await startStorefront({ seed: 5 });
  });
  afterAll(() => storefront.stop());

  it("are asked for through our door and no other way", async () => {
    const door = createDoor({ userAgent: "test", allow: [new URL(storefront.url).host] });
    try {
      const http = door.forSource(about, { pace: { perMinute: 6000, parallel: 4 } });
      const signal = new AbortController().signal;
      const ask = {
        http,
        signal,
        now: "2026-11-02T09:00:00.000Z",
        baseUrl: `${storefront.url}/app-store`,
        settings: {},
      };
      const official = storefront.world.apps.find(
        ({ source, label }) => source === "app-store" && label === "official",
      );
      const prefix = official?.name.slice(0, 5) ?? "";
      const answer = await appStore.suggest?.(prefix, "us", ask);
      expect(answer).toMatchObject({ ok: true });
      expect(storefront.requests().filter(({ source }) => source === "app-store")).toHaveLength(1);
    } finally {
      await door.close();
    }
  });
});
