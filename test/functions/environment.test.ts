import { describe, expect, it } from "vitest";
import { linkName, optionalResource, resource } from "../../functions/environment.ts";

const LINK = "SST_RESOURCE_KnockoffConfigBucket";

describe("the environment of a function", () => {
  it("names what CDK made", () => {
    expect(resource({ KNOCKOFF_CONFIG_BUCKET: "configs" }, "CONFIG_BUCKET")).toBe("configs");
  });

  it("names by CDK before it names by sst", () => {
    const env = { KNOCKOFF_CONFIG_BUCKET: "configs", [LINK]: '{"name":"others"}' };
    expect(resource(env, "CONFIG_BUCKET")).toBe("configs");
  });

  it.each([
    ["a name", { name: "configs" }, "configs"],
    ["an ARN", { arn: "arn:configs" }, "arn:configs"],
    ["a value", { value: "configs" }, "configs"],
    ["a name and sst's type", { name: "configs", type: "sst.sst.Linkable" }, "configs"],
    ["an ARN before a name", { name: "configs", arn: "arn:configs" }, "arn:configs"],
    ["a value before all else", { name: "a", arn: "b", value: "configs" }, "configs"],
  ])("takes of a link %s", (_, link, expected) => {
    expect(resource({ [LINK]: JSON.stringify(link) }, "CONFIG_BUCKET")).toBe(expected);
  });

  it.each([
    ["{name: configs}", `${LINK} is not JSON, as sst writes links`],
    ["configs", `${LINK} is not JSON, as sst writes links`],
    ["null", `${LINK} has neither value nor arn nor name`],
    ['"configs"', `${LINK} has neither value nor arn nor name`],
    ['{"type":"sst.sst.Linkable"}', `${LINK} has neither value nor arn nor name`],
    ['{"name":7}', `${LINK} has neither value nor arn nor name`],
    ['{"name":""}', `${LINK} has neither value nor arn nor name`],
  ])("says which variable is no link: %s", (text, message) => {
    expect(() => resource({ [LINK]: text }, "CONFIG_BUCKET")).toThrow(message);
    expect(() => optionalResource({ [LINK]: text }, "CONFIG_BUCKET")).toThrow(message);
  });

  it.each([
    ["nothing", {}],
    ["an empty name", { KNOCKOFF_CONFIG_BUCKET: "" }],
    ["an empty link", { [LINK]: "" }],
  ])("with %s says both names that it looked for", (_, env) => {
    const message = `neither KNOCKOFF_CONFIG_BUCKET nor ${LINK} is set`;
    expect(() => resource(env, "CONFIG_BUCKET")).toThrow(message);
    expect(optionalResource(env, "CONFIG_BUCKET")).toBeUndefined();
  });

  it("is called by sst as its components are", () => {
    expect(linkName("TABLE")).toBe("KnockoffTable");
    expect(linkName("TOPIC_OPERATIONS")).toBe("KnockoffTopicOperations");
  });
});
