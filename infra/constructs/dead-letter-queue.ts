import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { impactAlarm } from './impact-alarm.ts';

export interface DeadLetterQueueProps {
  /** What is said to be wrong while something lies here. */
  readonly title: string;
  /** What a caller or an agent notices. It is the alarm's text. */
  readonly impact: string;
}

/**
 * Where work lies that only a person can help on. Nothing reads it; its alarm
 * rings until somebody has redriven or deleted what is in it, and SQS forgets it
 * after 14 days, the most that SQS can keep a message.
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
