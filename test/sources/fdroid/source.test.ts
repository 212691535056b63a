import { describe, expect, it } from "vitest";
import { PATHS } from "../../../lib/sources/fdroid/paths.ts";
import { fdroid } from "../../../lib/sources/fdroid/source.ts";
import type { Answer, Ask } from "../../../lib/sources/source.ts";
import { createSigner, signedJar } from "../../domain/jar/signing.ts";
import {
  askOf,
  BASE,
  bytesOf,
  entryJar,
  type Published,
  packageV2,
  publish,
  query,
  signer,
  versionV2,
} from "./repository.ts";

const { search, byId } = fdroid as Required<typeof fdroid>;

function told<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.error.kind}: ${answer.error.detail}`);
  return answer.value;
}

async function found(term: string, ask: Ask): Promise<string[]> {
  return told(await search(query(term), ask)).listings.map(({ key, name }) => `${key} ${name}`);
}

describe("an app of a signed repository", () => {
  const app = packageV2(
    {
      name: { de: "Hafennotizen", "en-US": "Harbor Notes" },
      summary: { "en-US": "Notes for the quay" },
      description: { de: "Für Notizen", en: "For notes" },
      icon: { de: { name: "/icons/de.png" }, "en-US": { name: "/icons/notes 1.png", sha256: "", size: 1 } },
      authorName: "Northwind Labs",
      authorEmail: "labs@northwind.example",
      webSite: "https://northwind.example/notes",
      lastUpdated: 1_700_000_000_000,
    },
    {
      old: versionV2({ code: 6, name: "1.6", file: "/old.apk" }),
      new: versionV2({ code: 8, name: "1.8", file: "/notes #8 北.apk", signers: ["CD".repeat(32), "junk"] }),
      other: versionV2({ code: 7 }),
    },
  );
  const ask = () => askOf(publish({ "com.northwind.notes": app }));

  it("becomes a listing of its newest version", async () => {
    expect(told(await byId("com.northwind.notes", "de", ask()))).toEqual({
      source: "fdroid",
      key: "com.northwind.notes",
      url: `${BASE}/repo?fingerprint=${signer.sha256.toUpperCase()}#com.northwind.notes`,
      name: "Harbor Notes",
      platform: "android",
      packageName: "com.northwind.notes",
      developer: {
        name: "Northwind Labs",
        key: signer.sha256,
        email: "labs@northwind.example",
        website: "https://northwind.example/notes",
      },
      iconUrl: `${BASE}/repo/icons/notes%201.png`,
      description: "For notes",
      version: "1.8",
      releasedAt: "2020-09-13T12:26:40.000Z",
      updatedAt: "2023-11-14T22:13:20.000Z",
      downloadUrl: `${BASE}/repo/notes%20%238%20%E5%8C%97.apk`,
      certificates: [{ algorithm: "sha256", hex: "cd".repeat(32) }],
    });
  });

  it("that is not in the index is proved absent", async () => {
    expect(told(await byId("com.northwind.other", "de", ask()))).toBeUndefined();
  });

  it.each([
    ["a name", "harbor", "Harbor Notes"],
    ["a name in another language, which is shown", "hafennotizen", "Hafennotizen"],
    ["words in any order", "notes harbor", "Harbor Notes"],
    ["a name run together", "HarborNotes", "Harbor Notes"],
    ["a part of a word", "arbo", "Harbor Notes"],
    ["a summary", "quay", "Harbor Notes"],
    ["words of name and summary", "harbor quay", "Harbor Notes"],
    ["the package", "com.northwind.notes", "Harbor Notes"],
  ])("is found by %s", async (_, term, name) => {
    expect(await found(term, ask())).toEqual([`com.northwind.notes ${name}`]);
  });

  it.each(["bank", "harbor bank", "...", ""])("is not found by %j", async (term) => {
    expect(await found(term, ask())).toEqual([]);
  });

  it("of two versions alike is the one of the preferred signer", async () => {
    const [ours, theirs] = ["11".repeat(32), "22".repeat(32)];
    const versions = {
      a: versionV2({ signers: [theirs] }),
      b: versionV2({ signers: [ours] }),
      c: versionV2({ code: 1 }),
    };
    const published = publish({ "com.northwind.notes": packageV2({ preferredSigner: ours }, versions) });
    const listing = told(await byId("com.northwind.notes", "de", askOf(published)));
    expect(listing?.certificates).toEqual([{ algorithm: "sha256", hex: ours }]);
  });

  it("is found in Chinese and with accents left out", async () => {
    const published = publish({
      "com.example.a": packageV2({ name: { "zh-CN": "北港银行助手" } }),
      "com.example.b": packageV2({ name: { it: "Banca Comunità" } }),
    });
    expect(await found("北港银行", askOf(published))).toEqual(["com.example.a 北港银行助手"]);
    expect(await found("comunita", askOf(published))).toEqual(["com.example.b Banca Comunità"]);
  });

  it("found by name stands before one found by summary", async () => {
    const published = publish({
      "com.example.a": packageV2({ name: { en: "Other" }, summary: { en: "for the quay" } }),
      "com.example.b": packageV2({ name: { en: "Quay" } }),
    });
    expect(await found("quay", askOf(published))).toEqual(["com.example.b Quay", "com.example.a Other"]);
  });

  it("names files that lead out of the repository in vain", async () => {
    const version = versionV2({ file: "/../../evil.apk" });
    const published = publish({
      "com.northwind.notes": packageV2({ icon: { en: { name: "//evil.example/a.png" } } }, { version }),
    });
    const listing = told(await byId("com.northwind.notes", "de", askOf(published)));
    expect(listing?.downloadUrl).toBeUndefined();
    expect(listing?.iconUrl).toBe(`${BASE}/repo/evil.example/a.png`);
  });
});

describe("an index", () => {
  it("is downloaded once for all questions of a scan, and again when it has aged", async () => {
    const published = publish({ "com.northwind.notes": packageV2() });
    const ask = askOf(published);
    await Promise.all([search(query("notes"), ask), search(query("harbor"), ask)]);
    await byId("com.northwind.notes", "de", { ...ask, http: askOf(published).http });
    expect(published.asked).toEqual(["/repo/entry.jar", "/repo/index-v2.json"]);
    expect(PATHS.flatMap(({ paths }) => paths)).toEqual(expect.arrayContaining(["/entry.jar", "/index-v2.json"]));
    await search(query("notes"), { ...ask, now: "2026-11-24T09:00:01.000Z" });
    expect(published.asked).toHaveLength(4);
  });

  it("without packages answers that nothing is there", async () => {
    expect(told(await search(query("a"), askOf(publish({}))))).toEqual({
      listings: [],
      truncated: false,
      dropped: 0,
    });
  });

  it("with unreadable packages counts them", async () => {
    const packages = { "com.northwind.notes": packageV2(), "no package": packageV2() };
    expect(told(await search(query("notes"), askOf(publish(packages))))).toMatchObject({ dropped: 1 });
  });

  it("with more hits than are useful says so", async () => {
    const packages = Object.fromEntries(Array.from({ length: 301 }, (_, i) => [`com.northwind.n${i}`, packageV2()]));
    const page = told(await search(query("notes"), askOf(publish(packages))));
    expect([page.listings.length, page.truncated]).toEqual([300, true]);
  });

  it("is asked again after a failure that may pass", async () => {
    const published = publish({ "com.northwind.notes": packageV2() });
    const ask = askOf(published);
    const down = {
      fetch: async () => ({ ok: false as const, error: { kind: "unreachable" as const, detail: "down" } }),
    };
    expect(await search(query("notes"), { ...ask, http: down })).toMatchObject({
      ok: false,
      error: { detail: "down" },
    });
    expect(await found("notes", ask)).toHaveLength(1);
  });
});

describe("a repository that is not to be believed", () => {
  const index = bytesOf({ packages: { "com.northwind.notes": packageV2() } });
  type File = Published["files"][string];
  const files = (jar: File, body: File = index): Published => ({
    files: { "/repo/entry.jar": jar, "/repo/index-v2.json": body },
    asked: [],
  });
  const evil = bytesOf({ packages: { "com.northwind.thief": packageV2() } });
  const unsigned = signedJar({ "other.json": bytesOf({}) }, signer, {}, { planted: { "entry.json": bytesOf({}) } });
  const sha1 = signedJar({ "entry.json": bytesOf({}) }, signer, { digest: "sha1" });
  const odd = (text: string) => new Uint8Array(Buffer.from(text));

  it.each([
    ["signed by another", files(entryJar(index, createSigner())), "refused", /is signed by [0-9a-f]{64}, not by/],
    ["with a broken signature", files(odd("PK")), "refused", /not to be trusted: the file is no ZIP archive/],
    ["signed with SHA-1", files(sha1), "refused", /sha1 is not accepted/],
    ["with an unsigned entry", files(unsigned), "drifted", /no signed entry.json/],
    ["with another index", files(entryJar(index), evil), "drifted", /not the file that the entry was signed for/],
    ["with a longer index", files(entryJar(index), odd("x")), "drifted", /has 1 bytes where the signed entry says/],
    ["without its index", files(entryJar(index), { status: 404 }), "drifted", /index-v2.json, which the entry names/],
    ["with a huge index", files(entryJar(index, signer, { size: 1e9 })), "drifted", /1000000000 bytes, more than/],
    ["whose index is elsewhere", files(entryJar(index, signer, { name: "/../x" })), "drifted", /not a path below/],
    ["whose entry says nothing", files(entryJar(index, signer, { sha256: 1 })), "drifted", /entry.json: index.sha256/],
    ["that errs", files({ status: 500 }), "drifted", /answered 500/],
    ["that is none", { files: {}, asked: [] } as Published, "drifted", /neither entry.jar nor index-v1.jar/],
    ...[
      ["not JSON", odd('{"packages": {"a" "b"}}'), /is not JSON/],
      ["cut off", odd('{"packages": {'), /is cut off|is not JSON/],
      ["of another shape", odd('{"apps": []}'), /holds no packages/],
      ["unreadable", odd('{"packages": {"?": {"a": 1}}}'), /1 of 1 packages unreadable/],
    ].map(([what, body, reason]): [string, Published, string, RegExp] => [
      `whose index is ${what}`,
      files(entryJar(body as Uint8Array), body as Uint8Array),
      "drifted",
      reason as RegExp,
    ]),
  ] as const)("%s fails with a reason", async (_, published, kind, reason) => {
    const answer = await search(query("notes"), askOf(published));
    expect(answer).toMatchObject({ ok: false, error: { kind, detail: expect.stringMatching(reason) } });
    expect(await byId("com.northwind.notes", "de", askOf(published))).toEqual(answer);
  });
});

describe("several repositories", () => {
  const second = createSigner();
  const settings = {
    repositories: [
      { fingerprint: signer.sha256 },
      { url: `${BASE}/two/`, fingerprint: second.sha256.toUpperCase().replace(/..(?=.)/g, "$&:") },
    ],
  };
  const both = () => {
    const published = publish({ "com.northwind.notes": packageV2() });
    const other = publish({ "com.northwind.notes": packageV2({ name: { en: "Fake Notes" } }) }, second);
    published.files["/two/entry.jar"] = other.files["/repo/entry.jar"] as Uint8Array;
    published.files["/two/index-v2.json"] = other.files["/repo/index-v2.json"] as Uint8Array;
    return published;
  };
  const fake = "apps.northwind.example/com.northwind.notes";

  it("give keys that tell them apart; the first's are package names", async () => {
    expect(await found("notes", askOf(both(), settings))).toEqual([
      "com.northwind.notes Harbor Notes",
      `${fake} Fake Notes`,
    ]);
    const listing = told(await byId(fake, "de", askOf(both(), settings)));
    expect(listing).toMatchObject({ key: fake, name: "Fake Notes", downloadUrl: `${BASE}/two/notes_7.apk` });
  });

  it("on one host are told apart by their paths", async () => {
    const repositories = [
      { fingerprint: signer.sha256 },
      ...["two", "three"].map((path) => ({ url: `${BASE}/${path}`, fingerprint: second.sha256 })),
    ];
    const published = both();
    published.files["/three/entry.jar"] = published.files["/two/entry.jar"] as Uint8Array;
    published.files["/three/index-v2.json"] = published.files["/two/index-v2.json"] as Uint8Array;
    const keys = (await found("fake", askOf(published, { repositories }))).map((line) => line.split(" ")[0]);
    expect(keys).toEqual(["two", "three"].map((path) => `apps.northwind.example/${path}/com.northwind.notes`));
  });

  it("of which one is down give what the others have, and say that it is not all", async () => {
    const ask = askOf(both(), settings);
    const http = {
      fetch: async (request: { url: string }) =>
        request.url.includes("/two/")
          ? { ok: false as const, error: { kind: "unreachable" as const, detail: "down" } }
          : ask.http.fetch(request),
    };
    expect(told(await search(query("notes"), { ...ask, http }))).toMatchObject({ truncated: true, listings: [{}] });
  });

  it("of which one is forged fail", async () => {
    const published = both();
    published.files["/two/entry.jar"] = published.files["/repo/entry.jar"] as Uint8Array;
    const answer = await search(query("notes"), askOf(published, settings));
    expect(answer).toMatchObject({
      ok: false,
      error: {
        kind: "refused",
        detail: expect.stringMatching(/repository 2 at apps\.northwind\.example is signed by/),
      },
    });
  });

  it("do not know a key of a repository that is not configured", async () => {
    const answer = await byId("gone.example/com.northwind.notes", "de", askOf(both(), settings));
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: "refused", detail: expect.stringMatching(/not configured/) },
    });
  });

  it.each([
    ["a list", "https://f-droid.org", /setting repositories/],
    ["one at least", [], /setting repositories/],
    ["a fingerprint", [{ url: BASE }], /setting repositories: 0.fingerprint/],
    ["a whole fingerprint", [{ fingerprint: "ab" }], /is not a SHA-256 of 64 hex digits/],
    ["an address", [{ url: "file:///etc", fingerprint: signer.sha256 }], /is no http\(s\) address/],
    ["each once", [1, 2].map(() => ({ fingerprint: signer.sha256 })), /is configured twice/],
  ])("need %s in the settings", async (_, repositories, reason) => {
    const answer = await search(query("notes"), askOf(both(), { repositories }));
    expect(answer).toMatchObject({ ok: false, error: { kind: "refused", detail: expect.stringMatching(reason) } });
  });

  it("default to f-droid.org with its certificate pinned", async () => {
    const published = both();
    const answer = await search(query("notes"), askOf(published, { repositories: undefined }));
    expect(published.asked).toEqual(["/repo/entry.jar"]);
    expect(answer).toMatchObject({
      ok: false,
      error: { detail: expect.stringMatching(/not by the configured 43238d512c/) },
    });
  });
});
