import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { LIMITS } from "../../lib/domain/listing/listing.ts";
import {
  cleanText,
  countOf,
  instantFromMs,
  instantFromSeconds,
  instantFromText,
  nameText,
  numberOf,
  parseJson,
  readElements,
  readShape,
  safeUrl,
  stated,
} from "../../lib/sources/parse.ts";

describe("a list read element by element", () => {
  const read = (list: unknown, limits = {}) => readElements(list, z.number(), limits);

  it.each([
    [[], [], 0],
    [[1, 2, 3], [1, 2, 3], 0],
    [[1, "x"], [1], 1],
    [[1, "x", "y"], [1], 2],
    [[1, 2, "x", "y"], [1, 2], 2],
  ])("of %j keeps %j and counts %i", (list, values, dropped) => {
    expect(read(list)).toEqual({ ok: true, value: { values, dropped } });
  });

  it.each([[["x"]], [["x", "y"]], [[1, "x", "y", "z"]], ["no list"], [null], [{ 0: 1 }]])(
    "of %j has drifted",
    (list) => {
      expect(read(list)).toMatchObject({ ok: false, error: { kind: "drifted" } });
    },
  );

  it("counts what stands beyond its limit without reading it", () => {
    expect(read([1, 2, "x", "y", "z"], { max: 2 })).toEqual({ ok: true, value: { values: [1, 2], dropped: 3 } });
  });

  it("names the place that did not fit and never quotes the body", () => {
    const answer = readShape({ a: { b: "secret words" } }, z.object({ a: z.object({ b: z.number() }) }), "the record");
    expect(answer).toMatchObject({ ok: false, error: { detail: expect.stringMatching(/^the record: a\.b: /) } });
    expect(JSON.stringify(answer)).not.toContain("secret");
  });
});

describe("JSON of a body", () => {
  it.each(["", "   ", "{", "<html>", "undefined"])("is drifted when it is %j", (body) => {
    expect(parseJson(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("is read with or without a byte order mark", () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
    expect(parseJson(Buffer.from('\uFEFF{"a":1}'))).toEqual({ ok: true, value: { a: 1 } });
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof parseJson(bytes).ok === "boolean"));
  });
});

describe("a text of a store", () => {
  it.each([
    ["  a\r\nb\rc  ", "a\nb\nc"],
    ["a\u0000b\u001b[31mc\u007f", "ab[31mc"],
    ["a\ud800b", "a\ufffdb"],
    ["a\u202eb\u200bc", "a\u202eb\u200bc"],
    ["tab\there", "tab\there"],
  ])("%j is kept as %j", (text, kept) => {
    expect(nameText(text)).toBe(kept);
  });

  it.each(["", " \n", "\u0000", 7, null, undefined, {}])("%j says nothing", (value) => {
    expect(nameText(value)).toBeUndefined();
  });

  it("is well-formed and within its limit, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const clean = cleanText(text, max);
        if (clean === undefined) return;
        expect(clean.length).toBeLessThanOrEqual(max);
        expect(clean.isWellFormed()).toBe(true);
      }),
    );
  });

  it("is not cut inside a character", () => {
    expect(cleanText("ab\u{1F600}", 3)).toBe("ab");
  });
});

describe("an address of a store", () => {
  it.each([
    ["https://a.example/x y", "https://a.example/x%20y"],
    ["http://a.example", "http://a.example/"],
    ["HTTPS://A.example/", "https://a.example/"],
  ])("%s is kept as %s", (url, kept) => {
    expect(safeUrl(url)).toBe(kept);
  });

  it("is read against its page", () => {
    expect(safeUrl("/icon.png", "https://a.example/page")).toBe("https://a.example/icon.png");
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "https://u:p@a.example/",
    "/x",
    "",
    7,
    null,
  ])("%j is not kept", (url) => {
    expect(safeUrl(url)).toBeUndefined();
  });

  it("that is too long, also when it is written out, is not kept", () => {
    expect(safeUrl(`https://a.example/${"x".repeat(LIMITS.url)}`)).toBeUndefined();
    expect(safeUrl(`https://a.example/${"é".repeat(LIMITS.url / 4)}`)).toBeUndefined();
  });
});

describe("a moment of a store", () => {
  it.each([
    ["2024-05-06T07:08:09Z", "2024-05-06T07:08:09.000Z"],
    ["2024-05-06 07:08:09", "2024-05-06T07:08:09.000Z"],
    ["2024-05-06T07:08:09+02:00", "2024-05-06T05:08:09.000Z"],
    ["2024-05-06T07:08:09-0130", "2024-05-06T08:38:09.000Z"],
    ["2024-5-6", "2024-05-06T00:00:00.000Z"],
    ["2024/05/06", "2024-05-06T00:00:00.000Z"],
    ["2026.09.25.", "2026-09-25T00:00:00.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(instantFromText(text)).toBe(instant);
  });

  it.each(["", "yesterday", "2024-02-30", "2024-13-01", "0001-01-01", "2024-05-06T25:00:00Z", "9999-01-01", 20240506])(
    "%j is none",
    (text) => {
      expect(instantFromText(text)).toBeUndefined();
    },
  );

  it("is read from seconds and from thousandths, also as text", () => {
    expect(instantFromSeconds("1600000000")).toBe("2020-09-13T12:26:40.000Z");
    expect(instantFromMs(1_600_000_000_000)).toBe("2020-09-13T12:26:40.000Z");
    expect([instantFromMs(0), instantFromMs(Number.NaN), instantFromSeconds(1e300)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("of any kind never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of [instantFromText, instantFromMs, instantFromSeconds]) read(value);
      }),
    );
  });
});

describe("a number of a store", () => {
  it.each([
    ["12", 12],
    [" -1.5 ", -1.5],
    [7, 7],
    ["1e9", undefined],
    ["0x10", undefined],
    ["", undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [null, undefined],
  ])("%j is %j", (value, number) => {
    expect(numberOf(value)).toBe(number);
  });

  it("is a count when it is whole and not less than nothing", () => {
    expect([countOf("3.9"), countOf(-1), countOf(2 ** 60)]).toEqual([3, undefined, undefined]);
  });
});

it("facts without a value are not stated", () => {
  expect(stated({ a: 1, b: undefined, c: null, d: "" })).toEqual({ a: 1, c: null, d: "" });
});
