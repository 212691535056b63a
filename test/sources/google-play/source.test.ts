import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { googlePlay } from "../../../lib/sources/google-play/source.ts";
import { damage, damaged, replay, told } from "../replay.ts";

const { search, byId, byDeveloper, suggest } = googlePlay as Required<typeof googlePlay>;
const question = { term: "harbor & bank", region: "de", language: "zh" };
const KEY = "com.northwindharbor.mobile";

/** Nested arrays that hold a value at each place named, and null elsewhere. */
function places(entries: readonly (readonly [readonly (number | string)[], unknown])[]): unknown {
  const root: unknown[] = [];
  for (const [path, value] of entries) {
    let here = root as unknown as Record<number | string, unknown>;
    path.forEach((step, depth) => {
      const inner = here[step] ?? (typeof path[depth + 1] === "string" ? {} : []);
      here[step] = depth === path.length - 1 ? value : inner;
      here = here[step] as typeof here;
    });
  }
  return JSON.parse(JSON.stringify(root));
}

const ROW: readonly (readonly [readonly number[], unknown])[] = [
  [[0, 0], KEY],
  [[1, 3, 2], "https://icons.northwind.example/a.png"],
  [[3], "Northwind Harbor Bank"],
  [[13, 1], "Your bank<br>by the sea &amp; beyond"],
  [[14], "Northwind Harbor Bank AG"],
  [[15], "1.000.000+"],
];

const rowOf = (key: string) => [places(ROW.map(([path, value]) => [path, path[0] === 0 ? key : value]))];
const rows = (count: number) => Array.from({ length: count }, (_, i) => rowOf(`${KEY}${i}`));
const rowLacking = (place: number) => [places(ROW.filter((_, i) => i !== place))];

const DETAILS: readonly (readonly [readonly (number | string)[], unknown])[] = [
  [[77, 0], KEY],
  [[95, 0, 3, 2], "https://icons.northwind.example/a.png"],
  [[0, 0], "Northwind Harbor Bank"],
  [[68, 0], "Northwind Harbor Bank AG"],
  [[68, 1, 4, 2], "/store/apps/dev?id=4711"],
  [[72, 0, 1], "Your bank by the sea."],
];

/** A page with one data block, as Google writes it. */
function page(procedure: string, data: unknown, over: { map?: string; key?: string } = {}): string {
  const { key = "ds:4", map = `{'${key}' : {id:'${procedure}',ext: 2.1E8 ,request:[null,["x"]]}}` } = over;
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return (
    `<!doctype html><html><body><script nonce="a">; var AF_dataServiceRequests = ${map}; var AF_initDataChunkQueue = [];</script>` +
    `<script nonce="a">AF_initDataCallback({key: '${key}', hash: '3', data:${json}, sideChannel: {}});</script></body></html>`
  );
}

const section = (kind: number, content: unknown) => [...Array<null>(kind).fill(null), content];
const searchPage = (list: unknown[]) => page("lGYRle", [[null, [section(22, [list])]]]);
const detailsPage = (entries = DETAILS) => page("Ws7gDc", [null, [null, null, places(entries)]], { key: "ds:5" });

const searching = (body: string) => search(question, replay(googlePlay, () => body).ask);
const describing = (body: string, key = KEY) => byId(key, "de", replay(googlePlay, () => body).ask);

describe("questions to Google Play", () => {
  it("go to the replaced address, with the term, country and language in their places", async () => {
    const { ask, requests } = replay(googlePlay, () => searchPage([rowOf(KEY)]), {
      baseUrl: "https://stand-in.example/play",
    });
    told(await search(question, ask));
    const asked = requests[0]?.at;
    expect(`${asked?.origin}${asked?.pathname}`).toBe("https://stand-in.example/play/store/search");
    expect(Object.fromEntries(asked?.searchParams ?? [])).toEqual({
      q: "harbor & bank",
      c: "apps",
      hl: "zh",
      gl: "de",
      price: "0",
    });
  });

  it.each(['say "bank"', "back\\slash", "100% & more", "line\nbreak", "银行"])(
    "carry the prefix %j whole through JSON in JSON",
    async (prefix) => {
      const { ask, requests } = replay(googlePlay, () => ')]}\'\n\n[["wrb.fr","IJ4APc",null]]');
      expect(told(await suggest(prefix, "de", ask))).toEqual([]);
      const outer = JSON.parse(new URLSearchParams(requests[0]?.body).get("f.req") ?? "");
      expect(JSON.parse(outer[0][0][1])[0][1]).toEqual([prefix]);
    },
  );

  it.each(["", "noDots", "a b.c", "../../x.y", "a.b&gl=us", "a".repeat(300)])(
    "are not asked about the key %j",
    async (key) => {
      const { ask, requests } = replay(googlePlay, () => detailsPage());
      expect(await byId(key, "de", ask)).toMatchObject({ ok: false, error: { kind: "drifted" } });
      expect(requests).toEqual([]);
    },
  );

  it("at the same time get each its own answer", async () => {
    const asks = ["a.one", "b.two", "c.three"].map((key) => replay(googlePlay, () => searchPage([rowOf(key)])).ask);
    const answers = await Promise.all(asks.map((ask) => search(question, ask)));
    expect(answers.map((answer) => told(answer).listings.map(({ key }) => key))).toEqual([
      ["a.one"],
      ["b.two"],
      ["c.three"],
    ]);
  });
});

describe("a search of Google Play", () => {
  it("is read as rows", async () => {
    expect(told(await searching(searchPage([rowOf(KEY)])))).toEqual({
      truncated: false,
      dropped: 0,
      listings: [
        {
          source: "google-play",
          key: KEY,
          url: `https://play.google.com/store/apps/details?id=${KEY}`,
          name: "Northwind Harbor Bank",
          platform: "android",
          packageName: KEY,
          developer: { name: "Northwind Harbor Bank AG" },
          iconUrl: "https://icons.northwind.example/a.png",
          description: "Your bank\nby the sea & beyond",
          installs: 1_000_000,
          region: "de",
        },
      ],
    });
  });

  it("that found nothing has its block and sections of another kind", async () => {
    const none = page("lGYRle", [[null, [section(25, ["No results found"])]]]);
    expect(await searching(none)).toEqual({ ok: true, value: { listings: [], truncated: false, dropped: 0 } });
  });

  it("that names apps in an unknown place has drifted and not found nothing", async () => {
    const moved = page("lGYRle", [[null, [section(24, ["/store/apps/details?id=a.b"])]]]);
    expect(await searching(moved)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("that fills its page may hide more", async () => {
    expect(told(await searching(searchPage(rows(19)))).truncated).toBe(false);
    expect(told(await searching(searchPage(rows(20)))).truncated).toBe(true);
  });

  it("loses a bad row and counts it, but is not believed when most are bad", async () => {
    const bad = [places([[[0, 0], "not a package"]])];
    expect(told(await searching(searchPage([...rows(3), bad])))).toMatchObject({ dropped: 1 });
    expect(await searching(searchPage([...rows(2), bad, bad, bad]))).toMatchObject({
      ok: false,
      error: { kind: "drifted" },
    });
  });

  it.each([
    ["package name", 0],
    ["icon", 1],
    ["name", 2],
    ["developer", 4],
  ])("whose rows all lack the %s has drifted", async (_, place) => {
    expect(await searching(searchPage([rowLacking(place), rowLacking(place)]))).toMatchObject({
      ok: false,
      error: { kind: "drifted" },
    });
  });

  it.each([
    ["a page without data blocks", "<!doctype html><title>Before you continue</title>"],
    ["nothing", ""],
    ["a block of another procedure", page("Zzzzzz", [[null, []]])],
    ["a block that is not JSON", searchPage([]).replace("data:[", "data:[,")],
    ["no map of procedures", searchPage([rowOf(KEY)]).replace("AF_dataServiceRequests", "AF_other")],
  ])("answered by %s has drifted", async (_, body) => {
    expect(await searching(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it.each([
    "{'ds:4' : {id:'lGYRle',request:[globalThis.pwned = 1]}}",
    "{'ds:4' : {id:'lGYRle',request:[(() => { throw 1 })()]}}",
    "(function () { globalThis.pwned = 1 })()",
    "{'ds:4' : {id:'lGYRle',request:[globalThis.pwned ??= 1]}}",
    "{'ds:4' : {id:'lGYRle',request:[eval`globalThis.pwned = 1`]}}",
    "{['ds:4'] : {id:'lGYRle',get request() { return globalThis.pwned = 1 }}}",
  ])("whose map of procedures is the program %s is not run", async (map) => {
    const answer = await searching(page("lGYRle", [[null, [section(22, [[rowOf(KEY)]])]]], { map }));
    expect(answer).toMatchObject({ ok: false, error: { kind: "drifted" } });
    expect("pwned" in globalThis).toBe(false);
  });

  it("whose texts look like the package's own marks is read as text", async () => {
    const name = `</script><script>AF_initDataCallback({key: 'ds:4', data:[]}); var AF_dataServiceRequests = {}`;
    const row = [places(ROW.map(([path, value]) => [path, path[0] === 3 ? name : value]))];
    expect(told(await searching(searchPage([row]))).listings.map((one) => one.name)).toEqual([name]);
  });

  it("answered with 404 says that the search has gone, not that it found nothing", async () => {
    const { ask } = replay(googlePlay, () => ({ status: 404 }));
    expect(await search(question, ask)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("passes on why the store could not be asked", async () => {
    const failure = { kind: "refused", detail: "asks for proof of a person", status: 200 } as const;
    expect(await search(question, replay(googlePlay, () => ({ failure })).ask)).toEqual({ ok: false, error: failure });
  });

  it("never throws, whatever is in its block", async () => {
    const data = JSON.stringify([[null, [section(22, [[rowOf(KEY), rowOf("a.b")]])]]]);
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const spoilt = Buffer.from(damaged(data, how)).toString("utf8");
        const got = await searching(searchPage([]).replace(/data:.*(?=, sideChannel)/, () => `data:${spoilt}`));
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe("details of Google Play", () => {
  it("are the app's that was asked for", async () => {
    expect(told(await describing(detailsPage()))).toMatchObject({
      key: KEY,
      developer: { name: "Northwind Harbor Bank AG", key: "4711" },
      description: "Your bank by the sea.",
    });
    expect(await describing(detailsPage(), "com.other.app")).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("that are not there answer 404", async () => {
    const { ask } = replay(googlePlay, () => ({ status: 404, body: "<title>Not Found</title>" }));
    expect(await byId(KEY, "de", ask)).toEqual({ ok: true, value: undefined });
  });

  it.each(DETAILS.map(([path], place) => [path.join("."), place] as const))(
    "without a value at %s have drifted",
    async (_, place) => {
      expect(await describing(detailsPage(DETAILS.filter((__, i) => i !== place)))).toMatchObject({
        ok: false,
        error: { kind: "drifted" },
      });
    },
  );

  it("never throw, whatever is in their block", async () => {
    const data = JSON.stringify([null, [null, null, places(DETAILS)]]);
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const spoilt = Buffer.from(damaged(data, how)).toString("utf8");
        const got = await describing(detailsPage().replace(/data:.*(?=, sideChannel)/, () => `data:${spoilt}`));
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a developer's page of Google Play", () => {
  it.each([
    ["4711", "MRTdke", 21, false, "/store/apps/dev"],
    ["Northwind Harbor Bank AG", "IRWBmd", 22, true, "/store/apps/developer"],
  ])("of %s is read in its own layout", async (key, procedure, kind, wrapped, path) => {
    const list = wrapped ? [rowOf(KEY)] : rowOf(KEY);
    const { ask, requests } = replay(googlePlay, () =>
      page(procedure, [[null, [section(kind, [list])]]], { key: "ds:3" }),
    );
    expect(told(await byDeveloper(key, "de", ask)).listings.map(({ key, developer }) => [key, developer?.key])).toEqual(
      [[KEY, key]],
    );
    expect([requests[0]?.at.pathname, requests[0]?.at.searchParams.get("id")]).toEqual([path, key]);
  });

  it("that answers 404 proves that there is nothing", async () => {
    const { ask } = replay(googlePlay, () => ({ status: 404 }));
    expect(await byDeveloper("4711", "de", ask)).toEqual({
      ok: true,
      value: { listings: [], truncated: false, dropped: 0 },
    });
  });

  it("without a list has drifted", async () => {
    const { ask } = replay(googlePlay, () => page("MRTdke", [[null, [section(21, [[]])]]], { key: "ds:3" }));
    expect(await byDeveloper("4711", "de", ask)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });
});

describe("suggestions of Google Play", () => {
  const frame = (inner: unknown, id = "IJ4APc") => `)]}'\n\n${JSON.stringify([["wrb.fr", id, JSON.stringify(inner)]])}`;
  const suggesting = (body: string) => suggest("nor", "de", replay(googlePlay, () => body).ask);

  it("are read in their order", async () => {
    expect(await suggesting(frame([[[["northwind"], ["north \u0000sea"]]]]))).toEqual({
      ok: true,
      value: ["northwind", "north sea"],
    });
  });

  it.each([
    ["no guard", "[]"],
    ["another procedure", frame([[[["northwind"]]]], "qnKhOb")],
    ["words elsewhere", frame([[[[null, "northwind"]]]])],
    ["no list", frame({ terms: ["northwind"] })],
    ["an empty page", ""],
  ])("with %s have drifted", async (_, body) => {
    expect(await suggesting(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("never throw, whatever is in them", async () => {
    const inner = JSON.stringify([[[["northwind", null, [1]], ["north sea"]]]]);
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const spoilt = Buffer.from(damaged(inner, how)).toString("utf8");
        const got = await suggesting(`)]}'\n\n${JSON.stringify([["wrb.fr", "IJ4APc", spoilt]])}`);
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
