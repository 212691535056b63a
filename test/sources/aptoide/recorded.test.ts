import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDetails } from "../../../lib/sources/aptoide/parse.ts";
import { sharedPath } from "../../support/shared.ts";

describe.skipIf(!sharedPath("recorded"))("details that Aptoide really gave", () => {
  const read = (file: string) => readDetails(readFileSync(sharedPath("recorded", "aptoide", file) ?? ""), "64807051");

  // Read from the raw body at `data.{id, name, package, store, file, stats}`.
  it("name the app, its shelf and its certificate", () => {
    expect(read("f4bioo__get_app_success_response.json")).toMatchObject({
      ok: true,
      value: {
        key: "64807051",
        name: "Instagram",
        packageName: "com.instagram.android",
        developer: { name: "Instagram", key: "65518", email: "android-support@instagram.com" },
        version: "280.0.0.0.89",
        installs: 25_289_609,
        certificates: [{ algorithm: "sha1", hex: "c56fb7d591ba6704df047fd98f535372fea00211" }],
        releasedAt: "2013-01-29T22:52:59.000Z",
        updatedAt: "2023-04-18T23:07:04.000Z",
      },
    });
  });

  it("prove that there is no such app", () => {
    expect(read("f4bioo__get_app_failure_response.json")).toEqual({ ok: true, value: undefined });
  });
});
