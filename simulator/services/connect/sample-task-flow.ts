import type { World } from './world.ts';

type WorldFlow = World['flows'][number];

const NOT_THERE = { ErrorType: 'NoMatchingError', NextAction: 'end' };
const FULL = { ErrorType: 'QueueAtCapacity', NextAction: 'end' };

/**
 * The simplest flow that brings a task to the queue in its attribute `vmx3_queue_arn`. If that queue is
 * missing, the task ends at once.
 */
export function voicemailTaskFlow(id: string): WorldFlow {
  return {
    id,
    name: 'Voicemail task',
    type: 'CONTACT_FLOW',
    document: {
      Version: '2019-10-30',
      StartAction: 'set queue',
      Actions: [
        {
          Identifier: 'set queue',
          Type: 'UpdateContactTargetQueue',
          Parameters: { QueueId: '$.Attributes.vmx3_queue_arn' },
          Transitions: { NextAction: 'transfer', Errors: [NOT_THERE] },
        },
        {
          Identifier: 'transfer',
          Type: 'TransferContactToQueue',
          Parameters: {},
          Transitions: {
            NextAction: 'end',
            Errors: [FULL, NOT_THERE],
          },
        },
        { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
      ],
    },
  };
}
