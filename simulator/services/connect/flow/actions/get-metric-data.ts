import { z } from 'zod';
import { actionKind } from '../action-kind.ts';
import { QUEUE_SHAPE, queueAsked } from '../named-queue.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

const CHANNELS = { Voice: 'VOICE', Chat: 'CHAT' } as const;

/**
 * Reads the metrics of a queue into `$.Metrics`. The oldest contact's age is in seconds. Not simulated: the
 * numbers of agents who are busy, are in after-contact work or missed a contact; the delay of some seconds
 * that the real numbers have.
 */
export const getMetricData = actionKind({
  parameters: z.object({ ...QUEUE_SHAPE, QueueChannel: z.enum(['Voice', 'Chat']).optional() }),
  logName: 'GetQueueMetrics',
  run(given, call) {
    const { QueueChannel } = given;
    const queue = queueAsked(given, call);
    const channel = QueueChannel === undefined ? call.contact.channel : CHANNELS[QueueChannel];
    const metrics = queue && call.parts.routing.metrics(queue.arn, channel);
    if (!metrics) return NO_MATCHING_ERROR;
    call.scope.metrics = {
      Queue: {
        Name: queue.name,
        ARN: queue.arn,
        Size: metrics.contactsInQueue,
        OldestContactAge: Math.floor(metrics.oldestContactAgeMs / 1000),
      },
      Agents: {
        Online: { Count: metrics.agentsOnline },
        Available: { Count: metrics.agentsAvailable },
        Staffed: { Count: metrics.agentsStaffed },
      },
    };
    return DONE;
  },
});
