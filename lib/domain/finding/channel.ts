/** `findings`: what was found. `digest`: what a scan searched and what it did not. `operations`: for those who run the scanner. */
export type Topic = "findings" | "digest" | "operations";

export interface Message {
  /** The same for the same fact however often it is sent, so that whoever receives it twice can tell. */
  id: string;
  topic: Topic;
  /** One line for people. */
  subject: string;
  /** Plain text for people, links defanged. */
  text: string;
  /** The same for programs: one versioned document. */
  data: object;
  /** What of it is sent where the whole is larger than the channel takes: an attacker writes some of it. */
  brief: object;
  /** What subscribers filter by. */
  attributes: Record<string, string>;
}

/** This message cannot be taken, by itself and for good; others can. */
export class MessageRefused extends Error {
  override name = "MessageRefused";
}

/** A way out. `send` throws when it is not certain that the message was taken over; then it is sent again under the same id. */
export interface Channel {
  send(message: Message): Promise<void>;
}
