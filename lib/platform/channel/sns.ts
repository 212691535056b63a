import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Channel, Message, Topic } from "../../domain/finding/channel.ts";
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
          Subject: subjectOf(message.subject),
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

/** SNS takes subjects of 100 characters of ASCII that begin with a letter, a digit or a punctuation mark. */
function subjectOf(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim()
    .slice(0, 99)
    .padEnd(1, "-");
}

/** SNS takes 262,144 bytes in all, every protocol's part counted; an attacker's text must not make a notice unsendable. */
const MOST_TEXT = 20_000;
const MOST_DATA = 40_000;

function bodyOf({ id, text, data }: Message): string {
  const document = JSON.stringify(data);
  const program = Buffer.byteLength(document) <= MOST_DATA ? document : JSON.stringify({ id, tooLarge: true });
  const person = text.slice(0, MOST_TEXT);
  return JSON.stringify({ default: person, sqs: program, lambda: program, http: program, https: program });
}
