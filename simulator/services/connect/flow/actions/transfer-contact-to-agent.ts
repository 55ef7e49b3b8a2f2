import { plainAction } from '../action-kind.ts';

/**
 * Offers the call to the agent whose queue is the target queue. One who is not free
 * is not waited for: the call ends. Who lets it ring is, unlike in Connect.
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
