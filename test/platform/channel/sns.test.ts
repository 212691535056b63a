import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Message, MessageRefused } from "../../../lib/domain/finding/channel.ts";
import { awsSettings } from "../../../lib/platform/aws/environment.ts";
import { createSnsChannel } from "../../../lib/platform/channel/sns.ts";
import { type AwsServer, startAws } from "../../support/aws/server.ts";

let aws: AwsServer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());

function channel() {
  return createSnsChannel(awsSettings({ AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: aws.url }), {
    findings: "arn:f",
  });
}

function message(over: Partial<Message> = {}): Message {
  return {
    id: "n-1",
    topic: "findings",
    subject: "s",
    text: "t",
    data: { a: 1 },
    brief: { b: 1 },
    attributes: { brand: "b" },
    ...over,
  };
}

describe("a channel on SNS", () => {
  it("gives people the text and programs the document, with the id to tell a repeat by", async () => {
    await channel().send(message({ subject: "Knockoff 新发现：仿冒" }));
    expect(aws.published.at(-1)).toEqual({
      topic: "arn:f",
      subject: "Knockoff 新发现：仿冒",
      body: { email: "t", default: '{"a":1}' },
      attributes: { brand: "b", notice: "n-1" },
    });
  });

  it.each<[string, Partial<Message>]>([
    ["a subject of many lines", { subject: "a\nb\u0000c\u202Ed".repeat(40) }],
    ["a text of a megabyte", { text: "漢".repeat(400_000) }],
    ["a document of a megabyte", { data: { name: "x".repeat(1_000_000) } }],
    ["a document of quotes, which grow when they are escaped", { data: { name: '"\\'.repeat(9_000) } }],
    [
      "a text and a document, both as large as they may be",
      { text: '"'.repeat(1e6), data: { name: "\u0001".repeat(6_000) } },
    ],
    ["an attribute of a kilobyte", { attributes: { source: "s".repeat(1_000) } }],
  ])("sends %s, cut to what SNS takes", async (_, over) => {
    const before = aws.published.length;
    await channel().send(message(over));
    expect(aws.published).toHaveLength(before + 1);
    expect(aws.published.at(-1)?.attributes.notice).toBe("n-1");
  });

  it("sends in brief what is too large, so that a receiver knows what it is about", async () => {
    await channel().send(message({ data: { name: "x".repeat(1_000_000) } }));
    expect(aws.published.at(-1)?.body.default).toBe('{"b":1}');
  });

  it("says so where it was given no such topic, and where SNS refuses", async () => {
    await expect(channel().send(message({ topic: "digest" }))).rejects.toThrow(/no digest topic/);
    await expect(channel().send(message({ attributes: { brand: "" } }))).rejects.toThrow(MessageRefused);
  });
});
