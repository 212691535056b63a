import { describe, expect, it } from "vitest";
import { registry } from "../../lib/sources/registry.ts";

describe.each(registry.map((source) => [source.about.id, source] as const))("the manifest of %s", (id, source) => {
  const { about } = source;

  it("names the hosts it asks, and nothing else begins its addresses", () => {
    const base = new URL(about.baseUrl);
    expect(about.baseUrl).not.toMatch(/\/$/);
    expect(base.protocol).toBe("https:");
    expect(about.hosts).toContain(base.host);
    expect(new Set(about.hosts).size).toBe(about.hosts.length);
  });

  it("has a canary that its own regions allow", () => {
    expect(about.canary.term).not.toBe("");
    expect(about.canary.expectKey).not.toBe("");
    if (about.regions.length > 0) expect(about.regions).toContain(about.canary.region);
  });

  it("lists regions as ISO codes, each once", () => {
    expect(about.regions.filter((region) => !/^[a-z]{2}$/.test(region))).toEqual([]);
    expect(new Set(about.regions).size).toBe(about.regions.length);
  });

  it("speaks both languages and keeps a patient pace", () => {
    expect([about.name.en, about.name.zh, about.notes?.en ?? "-", about.notes?.zh ?? "-"]).not.toContain("");
    expect(about.pace.perMinute).toBeGreaterThan(0);
    expect(about.pace.perMinute).toBeLessThanOrEqual(60);
  });

  it("belongs to a source that can search", () => {
    expect(source.search).toBeTypeOf("function");
    expect(about.hitsNeedDetails !== true || source.byId !== undefined).toBe(true);
    expect(registry.filter((other) => other.about.id === id)).toHaveLength(1);
  });
});
