import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface EventRouteProps {
  readonly pattern: EventPattern;
  readonly to: IQueue;
  /** The queue for events that EventBridge could not put into the main queue for a day. */
  readonly deadLetters?: IQueue;
}

/** Events of the default bus that match the pattern go into a queue, whole. */
export class EventRoute extends Construct {
  constructor(scope: Construct, id: string, { pattern, to, deadLetters }: EventRouteProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      eventPattern: pattern,
      targets: [new SqsQueue(to, deadLetters && { deadLetterQueue: deadLetters })],
    });
  }
}

/** Tasks that an agent accepted and that are related to another contact, as those of voicemails are. */
export function tasksTaken(instanceArn: string): EventPattern {
  return {
    source: ['aws.connect'],
    detailType: ['Amazon Connect Contact Event'],
    detail: {
      eventType: ['CONNECTED_TO_AGENT'],
      channel: ['TASK'],
      instanceArn: [instanceArn],
      relatedContactId: [{ exists: true }],
    },
  };
}

/**
 * New objects in a bucket, all of them or those with a certain key: `*` in it
 * stands for any characters, slashes included. By the key, Transcribe's access
 * probe (`….temp`) beside the transcripts is left out.
 */
export function objectsCreated(bucket: Bucket, key?: string): EventPattern {
  return {
    source: ['aws.s3'],
    detailType: ['Object Created'],
    detail: {
      bucket: { name: [bucket.bucketName] },
      ...(key !== undefined && { object: { key: [{ wildcard: key }] } }),
    },
  };
}
