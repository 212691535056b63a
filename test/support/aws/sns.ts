import type { AwsAnswer, AwsRequest } from "./wire.ts";

export interface Published {
  topic: string;
  subject: string;
  /** By protocol. */
  body: Record<string, string>;
  attributes: Record<string, string>;
}

/** Publish, with the limits SNS sets for subjects, sizes and attributes. */
export function createSns(published: Published[]): (request: AwsRequest) => AwsAnswer {
  return ({ body }) => {
    const form = new URLSearchParams(body.toString());
    const subject = form.get("Subject") ?? "";
    const message = form.get("Message") ?? "";
    const attributes = attributesOf(form);
    const size = Buffer.byteLength(message) + Buffer.byteLength(JSON.stringify(attributes));
    if (form.get("Action") !== "Publish") return failure("InvalidAction");
    if (!/^\P{C}{1,99}$/u.test(subject)) return failure("Subject");
    if (size > 262_144) return failure(`Message of ${size} bytes`);
    if (Object.values(attributes).some((value) => value === "")) return failure("empty attribute");
    const parts = JSON.parse(message) as Record<string, string>;
    if (form.get("MessageStructure") !== "json" || typeof parts.default !== "string") return failure("no default part");
    published.push({ topic: form.get("TopicArn") ?? "", subject, body: parts, attributes });
    const result = `<PublishResult><MessageId>m-${published.length}</MessageId></PublishResult>`;
    return {
      status: 200,
      headers: { "content-type": "text/xml" },
      body: `<PublishResponse>${result}</PublishResponse>`,
    };
  };
}

function attributesOf(form: URLSearchParams): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of form) {
    const at = /^MessageAttributes\.entry\.(\d+)\.Name$/.exec(name)?.[1];
    if (at !== undefined) found[value] = form.get(`MessageAttributes.entry.${at}.Value.StringValue`) ?? "";
  }
  return found;
}

function failure(what: string): AwsAnswer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>${what}</Message></Error></ErrorResponse>`;
  return { status: 400, headers: { "content-type": "text/xml" }, body };
}
