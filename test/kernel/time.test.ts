import { describe, expect, it } from "vitest";
import { dayIn, dayOf } from "../../lib/kernel/time.ts";

describe("the day", () => {
  it.each([
    ["2026-11-24T21:30:00Z", "Asia/Shanghai", "2026-11-25"],
    ["2026-11-25T15:59:59Z", "Asia/Shanghai", "2026-11-25"],
    ["2026-11-25T16:00:00Z", "Asia/Shanghai", "2026-11-26"],
    ["2026-11-25T03:00:00Z", "America/New_York", "2026-11-24"],
    ["2026-01-01T00:00:00Z", "UTC", "2026-01-01"],
  ])("of %s in %s is %s", (at, timeZone, day) => {
    expect(dayIn(timeZone, at)).toBe(day);
  });

  it("is none of a time that is none", () => {
    expect(() => dayIn("UTC", "<aws.scheduler.scheduled-time>")).toThrow(RangeError);
  });

  it("of Greenwich is read off the text", () => {
    expect(dayOf("2026-11-25T15:59:59.000Z")).toBe("2026-11-25");
  });
});
