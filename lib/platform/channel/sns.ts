import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Channel, Message, Topic } from "../../domain/finding/channel.ts";
import { printable } from "../../kernel/text.ts";
import type { AwsSettings } from "../aws/environment.ts";

/**
 * Messages as SNS notifications: people who subscribe by e-mail get the text, programs the document. The message's id is the
 * attribute `notice`, by which a receiver tells a repeat.
 */
export function createSnsChannel(settings: AwsSettings, topics: Partial<Record<Topic, string>>): Channel {
  const client = new SNSClient(settings);
  return {
    async send(message) {
      const topic = topics[message.topic];
      if (topic === undefined) throw new Error(`this function was given no ${message.topic} topic`);
      await client.send(
        new PublishCommand({
          TopicArn: topic,
          Subject: printable(message.subject, LONGEST_SUBJECT),
          MessageStructure: "json",
          Message: bodyOf(message),
          MessageAttributes: Object.fromEntries(
            Object.entries({ ...message.attributes, notice: message.id }).map(([name, value]) => [
              name,
              { DataType: "String", StringValue: value.slice(0, 256) },
            ]),
          ),
        }),
      );
    },
  };
}

/** SNS takes subjects of less than 100 characters without line breaks or control characters. */
const LONGEST_SUBJECT = 99;

/** SNS takes 262,144 bytes in all, attributes too; an attacker's text must not make a notice unsendable. */
const MOST_BYTES = 240_000;
const MOST_TEXT = 20_000;

function bodyOf({ id, text, data }: Message): string {
  const person = text.slice(0, MOST_TEXT);
  const whole = forProtocols(person, JSON.stringify(data));
  return Buffer.byteLength(whole) <= MOST_BYTES ? whole : forProtocols(person, JSON.stringify({ id, tooLarge: true }));
}

function forProtocols(person: string, program: string): string {
  return JSON.stringify({ default: person, sqs: program, lambda: program, http: program, https: program });
}
