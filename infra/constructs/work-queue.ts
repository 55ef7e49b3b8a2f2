import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue, type DeadLetterQueueProps } from './dead-letter-queue.ts';
import { impactAlarm } from './impact-alarm.ts';
import type { PipelineFunction } from './pipeline-function.ts';

/** What AWS advises, so that a message is not seen twice while Lambda is throttled. Source: Lambda, "Using Lambda with Amazon SQS". */
const VISIBILITY_PER_TIMEOUT = 6;

/**
 * Failing handlers set the wait before the next try themselves: 5, 10, 20, 40, 80, 160, 320 seconds on
 * average, then five to ten minutes, 525 s on average. 160 tries have 159 waits between them, 635 s + 152 ×
 * 525 s = 22.3 hours: nearly as long as video streams keep audio, and shorter than the 14 days that the
 * queue keeps messages. So AWS can be unavailable for that long before a voicemail needs a person. A try
 * that was killed comes back after the visibility timeout.
 */
const MOST_RECEIVES = 160;

/** Longer than an ordinary burst takes. A message that is tried again and again does not count for SQS. */
const BACKLOG = Duration.minutes(15);

export interface WorkQueueProps extends DeadLetterQueueProps {
  /** Timeout of the function that works on this queue. */
  readonly workerTimeout: Duration;
  /** How long messages wait before they are first handed out. Absent: not at all. */
  readonly delay?: Duration;
  /** The alarm's text while messages wait for `BACKLOG` or longer. */
  readonly behind: { readonly title: string; readonly impact: string };
}

/**
 * A queue between two steps, with its dead-letter queue, and the alarms on both.
 * Encrypted by SQS, over TLS only, kept for 14 days.
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { workerTimeout, delay, title, impact, behind } = props;
    this.deadLetters = new DeadLetterQueue(this, 'dead-letters', { title, impact }).queue;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(delay && { deliveryDelay: delay }),
      visibilityTimeout: Duration.seconds(workerTimeout.toSeconds() * VISIBILITY_PER_TIMEOUT),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
    impactAlarm(this, 'Behind', {
      ...behind,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      threshold: BACKLOG.toSeconds(),
    });
  }

  /**
   * Invokes `worker` with one message each, so that a bad message does not block others; 2 to 1,000 at a
   * time.
   */
  invoke(worker: PipelineFunction, maxConcurrency: number): void {
    new EventSourceMapping(worker, 'Messages', {
      target: worker.function,
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      reportBatchItemFailures: true,
      maxConcurrency,
    });
  }
}
