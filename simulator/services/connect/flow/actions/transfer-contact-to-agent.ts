import { plainAction } from '../action-kind.ts';

/**
 * Offers the call to the agent whose queue is the target queue. If the agent is not free, the call ends at
 * once. If the agent lets it ring, the call waits in the agent's queue, unlike in Connect.
 */
export const transferContactToAgent = plainAction({
  logName: 'TransferToAgent',
  flowTypes: ['AGENT_TRANSFER', 'QUEUE_TRANSFER'],
  channels: ['VOICE'],
  run({ contact, parts: { routing } }) {
    const { targetQueue } = contact.settings;
    const isFree =
      targetQueue?.agent && (routing.metrics(targetQueue.arn, 'VOICE')?.agentsAvailable ?? 0) > 0;
    const isOffered = isFree && routing.enqueue(contact) === 'queued';
    return isOffered ? { kind: 'queued' } : { kind: 'disconnected' };
  },
});
