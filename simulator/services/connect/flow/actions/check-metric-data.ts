import { z } from 'zod';
import type { QueueMetrics } from '../../routing/routing.ts';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { QUEUE_SHAPE, queueAsked } from '../named-queue.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';

/** The oldest contact's age is compared in milliseconds, whatever its name says. */
const METRICS = {
  NumberOfAgentsAvailable: ({ agentsAvailable }: QueueMetrics) => agentsAvailable,
  NumberOfAgentsStaffed: ({ agentsStaffed }: QueueMetrics) => agentsStaffed,
  NumberOfAgentsOnline: ({ agentsOnline }: QueueMetrics) => agentsOnline,
  NumberOfContactsInQueue: ({ contactsInQueue }: QueueMetrics) => contactsInQueue,
  OldestContactInQueueAgeSeconds: ({ oldestContactAgeMs }: QueueMetrics) => oldestContactAgeMs,
};

/** Checks the metrics of a queue: by default the contact's own queue. */
export const checkMetricData = actionKind({
  parameters: z.object({
    ...QUEUE_SHAPE,
    MetricType: z.enum([
      'NumberOfAgentsAvailable',
      'NumberOfAgentsStaffed',
      'NumberOfAgentsOnline',
      'NumberOfContactsInQueue',
      'OldestContactInQueueAgeSeconds',
    ]),
  }),
  logName: ({ Parameters: { MetricType } }) =>
    String(MetricType).startsWith('NumberOfAgents') ? 'CheckStaffing' : 'CheckQueueStatus',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE'],
  run(given, call) {
    const queue = queueAsked(given, call);
    const metrics = queue && call.parts.routing.metrics(queue.arn, call.contact.channel);
    if (!metrics) return NO_MATCHING_ERROR;
    return { kind: 'result', value: String(METRICS[given.MetricType](metrics)) };
  },
});
