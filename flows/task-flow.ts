import { attribute } from './attributes.ts';
import { type BuiltFlow, flow } from './builder/flow.ts';
import type { Steps } from './builder/step.ts';

export interface TaskFlowRefs {
  /** For a voicemail whose own queue takes no task. */
  readonly fallbackQueueArn: string;
}

type Names =
  | "Into the voicemail's queue"
  | 'Put into the queue'
  | 'Into the fallback queue'
  | 'Put into the fallback queue'
  | 'End the task';

/** Puts a voicemail's task into the queue, or the agent's queue, that it is for. */
export function taskFlow(refs: TaskFlowRefs): BuiltFlow {
  return flow({
    name: 'Voicemail task',
    description: 'Puts the task of a voicemail into its queue, or the fallback queue.',
    type: 'CONTACT_FLOW',
    start: "Into the voicemail's queue",
    actions: taskRouting(refs),
  });
}

/**
 * Starts at `Into the voicemail's queue`. A queue that is gone or full gives its task to
 * the fallback queue; only if that takes none either does the task end, unseen.
 */
export function taskRouting({ fallbackQueueArn }: TaskFlowRefs): Steps<'CONTACT_FLOW', Names> {
  return {
    "Into the voicemail's queue": {
      type: 'UpdateContactTargetQueue',
      parameters: { QueueId: attribute('vmx3_queue_arn') },
      next: 'Put into the queue',
      errors: { NoMatchingError: 'Into the fallback queue' },
    },
    'Put into the queue': {
      type: 'TransferContactToQueue',
      next: 'Into the fallback queue',
      errors: { QueueAtCapacity: 'Into the fallback queue', NoMatchingError: 'Into the fallback queue' },
    },
    'Into the fallback queue': {
      type: 'UpdateContactTargetQueue',
      parameters: { QueueId: fallbackQueueArn },
      next: 'Put into the fallback queue',
      errors: { NoMatchingError: 'End the task' },
    },
    'Put into the fallback queue': {
      type: 'TransferContactToQueue',
      next: 'End the task',
      errors: { QueueAtCapacity: 'End the task', NoMatchingError: 'End the task' },
    },
    'End the task': { type: 'DisconnectParticipant' },
  };
}
