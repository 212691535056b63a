import { Duration } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/** Where what could not be handled is kept, a fortnight, for people to look at. */
export function deadLetterQueue(scope: Construct, id: string, key: IKey): Queue {
  return new Queue(scope, id, { ...sealed(key), retentionPeriod: Duration.days(14) });
}

/** A queue whose messages, after failing five times, go to a dead-letter queue of their own. */
export function workQueue(
  scope: Construct,
  id: string,
  key: IKey,
  times: { visibilityTimeout: Duration; deliveryDelay: Duration },
): { queue: Queue; dead: Queue } {
  const dead = deadLetterQueue(scope, `${id}Dead`, key);
  const queue = new Queue(scope, id, {
    ...sealed(key),
    ...times,
    deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
  });
  return { queue, dead };
}

function sealed(key: IKey) {
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key, enforceSSL: true };
}
