import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fdroid } from "../../../lib/sources/fdroid/source.ts";
import { sharedPath } from "../../support/shared.ts";
import { askOf, BASE, entryJar, type Published, query } from "./repository.ts";

const { search, byId } = fdroid as Required<typeof fdroid>;
const read = (name: string) => new Uint8Array(readFileSync(sharedPath("recorded", "fdroid", name) as string));

/** SHA-256 of the certificate in the recorded JAR, as openssl prints it. */
const GUARDIAN = "B7C2EEFD8DAC7806AF67DFCD92EB18126BC08312A7F2D6F3862E46013C7A6135";

describe.skipIf(!sharedPath("recorded"))(
  "the Guardian Project's repository of 2017, which has the first index only",
  () => {
    const published = (): Published => ({
      files: { "/repo/index-v1.jar": read("fdroidserver__guardianproject-v1.jar") },
      asked: [],
    });
    const ask = () => askOf(published(), { repositories: [{ fingerprint: GUARDIAN }] });

    // Read from the raw JSON with jq.
    it.each([
      ["org.witness.informacam.app", "CameraV", "0.2.6", "CameraVApp-release-0.2.6.apk", 1386738000000, 1446526800000],
      ["info.guardianproject.checkey", "Checkey", "0.1.2", "Checkey-0.1.2.apk", 1405137600000, 1425873600000],
      ["org.witness.sscphase1", "ObscuraCam", "2.0-RC2b", "ObscuraCam-2.0-RC2b.apk", 1376884800000, 1383192000000],
      [
        "org.torproject.android",
        "Orbot",
        "15.2.0-RC-8-multi",
        "Orbot-v15.2.0-RC-8-multi.apk",
        1374465600000,
        1480654800000,
      ],
      ["info.guardianproject.browser", "Orweb", "0.7.1", "Orweb-0.7.1.apk", 1350878400000, 1448514000000],
      ["info.guardianproject.ripple", "Ripple", "0.2", "Ripple-0.2-release.apk", 1480654800000, 1480654800000],
    ])("describes %s", async (packageName, name, version, file, added, updated) => {
      expect(await byId(packageName, "de", ask())).toMatchObject({
        ok: true,
        value: {
          source: "fdroid",
          key: packageName,
          name,
          packageName,
          version,
          downloadUrl: `${BASE}/repo/${file}`,
          releasedAt: new Date(added).toISOString(),
          updatedAt: new Date(updated).toISOString(),
        },
      });
    });

    it.each([
      ["org.witness.sscphase1", "icons/org.witness.sscphase1.34.png"],
      ["info.guardianproject.ripple", "info.guardianproject.ripple/en-US/icon.png"],
    ])("gives the icon of %s and, where nobody states them, no certificates", async (packageName, icon) => {
      const answer = await byId(packageName, "de", ask());
      expect(answer).toMatchObject({ ok: true, value: { iconUrl: `${BASE}/repo/${icon}` } });
      expect(answer.ok && answer.value?.certificates).toBeUndefined();
    });

    it("has ten apps, found by what their packages share or by name", async () => {
      const page = await search(query("o"), ask());
      expect(page).toMatchObject({ ok: true, value: { truncated: false, dropped: 0 } });
      expect(page.ok && page.value.listings).toHaveLength(10);
      const orfox = await search(query("orfox"), ask());
      expect(orfox.ok && orfox.value.listings.map(({ key }) => key)).toContain("info.guardianproject.orfox");
    });

    it("is refused under another fingerprint", async () => {
      const wrong = askOf(published());
      expect(await search(query("orbot"), wrong)).toMatchObject({
        ok: false,
        error: { kind: "refused", detail: expect.stringContaining(`is signed by ${GUARDIAN.toLowerCase()}`) },
      });
    });

    it("is refused without its signature", async () => {
      const unsigned = { files: { "/repo/index-v1.jar": read("fdroidserver__unsigned.jar") }, asked: [] };
      const answer = await search(query("orbot"), askOf(unsigned, { repositories: [{ fingerprint: GUARDIAN }] }));
      expect(answer).toMatchObject({
        ok: false,
        error: { kind: "refused", detail: expect.stringMatching(/not signed/) },
      });
    });
  },
);

describe.skipIf(!sharedPath("recorded"))("the second index as fdroidserver writes it", () => {
  const index = () => read("fdroidserver__index-v2.json");
  /** The recorded entry is not signed, so the same facts are signed here. */
  const ask = () =>
    askOf({ files: { "/repo/entry.jar": entryJar(index()), "/repo/index-v2.json": index() }, asked: [] });

  // Read from the raw JSON with jq.
  it.each([
    ["com.politedroid", "Polite Droid", "1.5", "com.politedroid_6.apk", "32a23624c201b949"],
    ["info.zwanenburg.caffeinetile", "Caffeine Tile", "1.3", "info.zwanenburg.caffeinetile_4.apk", "51cfa5c8a743833a"],
    ["obb.main.oldversion", "OBB Main Old Version", "0.1", "obb.main.oldversion_1444412523.apk", "818e469465f96b70"],
    ["org.maxsdkversion", "maxSdkVersion", "1.0.3", "org.maxsdkversion_4.apk", "401a3a5843a3d5ce"],
    ["souch.smsbypass", "Battery level", "0.9", "souch.smsbypass_9.apk", "d3aec784b1fd7154"],
  ])("describes %s", async (packageName, name, version, file, signer) => {
    expect(await byId(packageName, "de", ask())).toMatchObject({
      value: {
        name,
        version,
        downloadUrl: `${BASE}/repo/${file}`,
        certificates: [{ algorithm: "sha256", hex: expect.stringMatching(`^${signer}`) }],
      },
    });
  });

  it("names files in any script, which are escaped in addresses", async () => {
    const answer = await byId("info.guardianproject.urzip", "de", ask());
    const url = answer.ok ? answer.value?.downloadUrl : undefined;
    expect(decodeURIComponent(url ?? "")).toBe(`${BASE}/repo/urzip-; Рахма́, [rɐxˈmanʲɪnəf] سيرجي_رخمانينوف 谢·.apk`);
  });

  it("is found by its texts in Chinese", async () => {
    const page = await search(query("实用工具"), ask());
    expect(page.ok && page.value.listings.map(({ key }) => key)).toEqual(["info.guardianproject.urzip"]);
  });

  it("holds the eleven packages that its recorded entry counts", async () => {
    const entry = JSON.parse(Buffer.from(read("fdroidserver__entry.json")).toString());
    const jar = entryJar(index(), undefined, entry.index);
    const published = { files: { "/repo/entry.jar": jar, "/repo/index-v2.json": index() }, asked: [] };
    const all = await search(query("e"), askOf(published));
    expect(all.ok && all.value.listings.length + all.value.dropped).toBe(entry.index.numPackages);
  });
});
