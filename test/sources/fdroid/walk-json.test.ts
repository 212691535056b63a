import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonLeaf, type JsonPath, walkJson } from "../../../lib/sources/fdroid/walk-json.ts";

const never = new AbortController().signal;

/** Every step of a walk, as text. */
async function stepsOf(text: string, signal = never) {
  const steps: string[] = [];
  const at = (path: JsonPath) => JSON.stringify(path);
  const visitor = {
    open: (path: JsonPath) => void steps.push(`open ${at(path)}`),
    leaf: (path: JsonPath, value: JsonLeaf) => void steps.push(`${at(path)} = ${JSON.stringify(value)}`),
    close: (path: JsonPath) => void steps.push(`close ${at(path)}`),
  };
  const walked = await walkJson(new Uint8Array(Buffer.from(text)), visitor, signal, "it");
  return { walked, steps };
}

/** The same steps, from the value that JSON.parse builds. */
function expectedSteps(value: unknown, path: JsonPath = []): string[] {
  if (value === null || typeof value !== "object") return [`${JSON.stringify(path)} = ${JSON.stringify(value)}`];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((element, index) => [index, element])
    : Object.entries(value);
  const inner = entries.flatMap(([key, element]) => expectedSteps(element, [...path, key]));
  return [`open ${JSON.stringify(path)}`, ...inner, `close ${JSON.stringify(path)}`];
}

describe("a walk through a JSON document", () => {
  it("tells what JSON.parse builds, piece by piece", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ depthSize: "medium" }), async (text) => {
        const { walked, steps } = await stepsOf(text);
        expect(walked.ok).toBe(true);
        // JSON.parse brings keys that look like numbers to the front.
        expect([...steps].sort()).toEqual(expectedSteps(JSON.parse(text)).sort());
      }),
      { numRuns: 200 },
    );
  });

  it("refuses what JSON.parse refuses", async () => {
    const pieces = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', "1", "true", "null", " ");
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 8 }), async (parts) => {
        const text = parts.join("");
        const { walked } = await stepsOf(text);
        expect(walked.ok).toBe(parses(text));
      }),
      { numRuns: 1_000 },
    );
  });

  function parses(text: string): boolean {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  }

  it("goes on across pieces, also within a character", async () => {
    const long = "港".repeat(300_000);
    const { steps } = await stepsOf(JSON.stringify({ a: [long, 1] }));
    expect(steps).toEqual(["open []", 'open ["a"]', `["a",0] = "${long}"`, '["a",1] = 1', 'close ["a"]', "close []"]);
  });

  it.each([
    ["too deep", "[".repeat(10_000), /is not JSON/],
    ["cut off", '{"a": [1,', /cut off|not JSON/],
    ["empty", "", /cut off|not JSON/],
    ["not UTF-8", '"\u0001"', /not JSON/],
    ["two documents", "{} {}", /not JSON/],
  ])("ends with a reason where it is %s", async (_, text, reason) => {
    const { walked } = await stepsOf(text);
    expect(walked).toMatchObject({ ok: false, error: { kind: "drifted", detail: expect.stringMatching(reason) } });
  });

  it("ends when it is interrupted", async () => {
    const { walked } = await stepsOf("[1]", AbortSignal.abort());
    expect(walked).toMatchObject({ ok: false, error: { kind: "unreachable" } });
  });
});
