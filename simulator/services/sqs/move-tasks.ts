import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { invalidParameter } from './errors.ts';
import { newMessage } from './message.ts';
import type { Queue } from './queue.ts';

/** A redrive of a dead-letter queue, as ListMessageMoveTasks reports it. */
interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn?: string | undefined;
  readonly maxMessagesPerSecond?: number | undefined;
  readonly startedAtMs: number;
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  failureReason?: string;
}

export interface MoveTasks {
  /** Throws AwsError InvalidParameterValue if another task of the queue is running. */
  readonly start: (task: Pick<MoveTask, 'sourceArn' | 'destinationArn' | 'maxMessagesPerSecond'>) => MoveTask;
  /** Stops a task that is running: what it has moved stays there. Undefined: no such task is running. */
  readonly cancel: (handle: string) => MoveTask | undefined;
  /** The tasks of one dead-letter queue, the latest first. */
  readonly list: (sourceArn: string) => readonly MoveTask[];
}

/**
 * Moves the messages that can be received in a dead-letter queue back to their source queues, or to one
 * destination. A moved message is a new one: new id, new age, no receives. A message that was sent to the
 * dead-letter queue directly has no source queue: without a destination the task fails on it, and it stays.
 *
 * Source: SQS developer guide, "Configure a dead-letter queue redrive" and
 * "Troubleshoot dead-letter queue redrive issues".
 */
export function createMoveTasks({
  clock,
  findQueue,
}: {
  clock: Clock;
  findQueue: (arn: string) => Queue | undefined;
}): MoveTasks {
  const tasks: MoveTask[] = [];

  function goOn(task: MoveTask): void {
    if (task.status === 'RUNNING') moveOne(task);
    if (task.status !== 'RUNNING') return;
    const { maxMessagesPerSecond: rate } = task;
    clock.after(rate === undefined ? 0 : 1000 / rate, () => goOn(task));
  }

  function moveOne(task: MoveTask): void {
    const source = findQueue(task.sourceArn);
    const [message] = source?.visible() ?? [];
    if (!source || !message || task.moved >= task.toMove) {
      task.status = 'COMPLETED';
      return;
    }
    const destinationArn = task.destinationArn ?? message.deadLetterSourceArn;
    const destination = destinationArn === undefined ? undefined : findQueue(destinationArn);
    if (!destination) {
      task.status = 'FAILED';
      task.failureReason =
        destinationArn === undefined
          ? 'CouldNotDetermineMessageSource'
          : 'AWS.SimpleQueueService.NonExistentQueue';
      return;
    }
    source.take(message);
    destination.accept(newMessage(message.body, message.attributes, clock.now()));
    task.moved += 1;
  }

  return {
    start(asked) {
      const { sourceArn } = asked;
      if (tasks.some((task) => task.sourceArn === sourceArn && task.status === 'RUNNING')) {
        throw invalidParameter(
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      }
      const task: MoveTask = {
        ...asked,
        handle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn })).toString('base64'),
        startedAtMs: Math.floor(clock.now()),
        toMove: findQueue(sourceArn)?.visible().size ?? 0,
        moved: 0,
        status: 'RUNNING',
      };
      tasks.unshift(task);
      clock.after(0, () => goOn(task));
      return task;
    },
    cancel(handle) {
      const running = tasks.find((task) => task.handle === handle && task.status === 'RUNNING');
      if (running) running.status = 'CANCELLED';
      return running;
    },
    list: (sourceArn) => tasks.filter((task) => task.sourceArn === sourceArn),
  };
}
