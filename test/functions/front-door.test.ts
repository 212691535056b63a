import { describe, expect, it } from "vitest";
import { cameThroughFront, ORIGIN_HEADER } from "../../functions/front-door.ts";

describe("the front door", () => {
  it.each([
    ["nothing stands before the API", {}, undefined, true],
    ["the call carries the front's secret", { [ORIGIN_HEADER]: "s3cret" }, "s3cret", true],
    ["the call carries another", { [ORIGIN_HEADER]: "guess" }, "s3cret", false],
    ["the call carries an empty one", { [ORIGIN_HEADER]: "" }, "s3cret", false],
    ["the call carries none", {}, "s3cret", false],
    ["the secret is empty, and the call carries none", {}, "", false],
    ["the secret is empty, and the call carries an empty one", { [ORIGIN_HEADER]: "" }, "", false],
  ])("when %s", (_, headers, secret, open) => {
    expect(cameThroughFront(headers, secret)).toBe(open);
  });
});
