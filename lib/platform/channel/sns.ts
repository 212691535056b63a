import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { type Channel, type Message, MessageRefused, type Topic } from "../../domain/finding/channel.ts";
import { printable } from "../../kernel/text.ts";
import type { AwsSettings } from "../aws/environment.ts";
import { sharedClient } from "../aws/shared-client.ts";

/**
 * Messages as SNS notifications: people who subscribe by e-mail get the text, programs the document. The message's id is the
 * attribute `notice`, by which a receiver tells a repeat.
 */
export function createSnsChannel(settings: AwsSettings, topics: Partial<Record<Topic, string>>): Channel {
  const client = sharedClient("sns", settings, () => new SNSClient(settings));
  return {
    async send(message) {
      const topic = topics[message.topic];
      if (topic === undefined) throw new Error(`this function was given no ${message.topic} topic`);
      try {
        await client.send(commandOf(message, topic));
      } catch (error) {
        // What SNS calls invalid it will never take; all else may be over when it is tried again.
        if (error instanceof Error && error.name.startsWith("InvalidParameter"))
          throw new MessageRefused(error.message, { cause: error });
        throw error;
      }
    },
  };
}

function commandOf(message: Message, topic: string): PublishCommand {
  const attributes = Object.entries({ ...message.attributes, notice: message.id }).map(([name, value]) => [
    name,
    { DataType: "String", StringValue: value.slice(0, LONGEST_ATTRIBUTE) },
  ]);
  return new PublishCommand({
    TopicArn: topic,
    Subject: printable(message.subject, LONGEST_SUBJECT),
    MessageStructure: "json",
    Message: bodyOf(message),
    MessageAttributes: Object.fromEntries(attributes),
  });
}

/** SNS takes subjects of less than 100 characters without line breaks or control characters. */
const LONGEST_SUBJECT = 99;
const LONGEST_ATTRIBUTE = 256;

/** SNS takes 262,144 bytes in all, attributes too; an attacker's text must not make a notice unsendable. */
const MOST_BYTES = 240_000;
const MOST_TEXT = 20_000;

function bodyOf({ text, data, brief }: Message): string {
  const email = text.slice(0, MOST_TEXT);
  const whole = JSON.stringify({ default: JSON.stringify(data), email });
  return Buffer.byteLength(whole) <= MOST_BYTES ? whole : JSON.stringify({ default: JSON.stringify(brief), email });
}
