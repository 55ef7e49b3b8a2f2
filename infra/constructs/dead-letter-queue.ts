import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { impactAlarm } from './impact-alarm.ts';

export interface DeadLetterQueueProps {
  /** The alarm's title while messages are here. */
  readonly title: string;
  /** What a caller or an agent notices. It is the alarm's text. */
  readonly impact: string;
}

/**
 * A queue for messages that only a person can help. Nothing reads it; its alarm stays on until somebody has
 * redriven or deleted the messages, and SQS deletes them after 14 days, its maximum.
 */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, { title, impact }: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.alarm = impactAlarm(this, 'HasMessages', {
      title,
      impact,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
    });
  }
}
