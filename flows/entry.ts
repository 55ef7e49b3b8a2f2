import type { Steps } from './builder/step.ts';
import { say } from './spoken.ts';

/** The queue that an entry flow transfers a call to, and the module that takes its voicemail. */
export interface EntryRefs {
  readonly queueArn: string;
  readonly moduleArn: string;
}

/** The flows for a call in the queue, if voicemail is offered there. */
export interface QueueRefs {
  readonly inQueueFlowArn: string;
  readonly agentWhisperArn: string;
  readonly customerWhisperArn: string;
}

type VoicemailNames =
  | 'Whose voicemail it is'
  | 'Take a voicemail'
  | 'Take it for the fallback queue'
  | 'Say that it cannot record'
  | 'Ask to call again'
  | 'Hang up';

/** The texts that `takeVoicemail` says. */
export const ENTRY_TEXTS = ['cannotRecord', 'callAgain'] as const;

/**
 * Takes a voicemail for the target queue. A caller who returns from the module has heard
 * that it cannot record, and goes on at `afterwards`; if there is no module, it is said
 * here.
 *
 * Starts at `Whose voicemail it is`; or, if there is no target queue, at `Take it for the fallback queue`,
 * to which the pipeline delivers voicemails without a recipient. Needs ENTRY_TEXTS.
 */
export function takeVoicemail<Afterwards extends string>(
  { moduleArn }: EntryRefs,
  afterwards: Afterwards,
): Steps<'CONTACT_FLOW', VoicemailNames, Afterwards> {
  return {
    'Whose voicemail it is': {
      type: 'UpdateContactAttributes',
      parameters: {
        Attributes: { vmx3_queue_arn: '$.Queue.ARN', vmx3_from: '$.CustomerEndpoint.Address' },
        TargetContact: 'Current',
      },
      next: 'Take a voicemail',
      errors: { NoMatchingError: 'Take a voicemail' },
    },
    'Take a voicemail': {
      type: 'InvokeFlowModule',
      parameters: { FlowModuleId: moduleArn },
      next: afterwards,
      errors: { NoMatchingError: 'Say that it cannot record' },
    },
    'Take it for the fallback queue': {
      type: 'InvokeFlowModule',
      parameters: { FlowModuleId: moduleArn },
      next: 'Ask to call again',
      errors: { NoMatchingError: 'Ask to call again' },
    },
    'Say that it cannot record': say('cannotRecord', afterwards),
    'Ask to call again': say('callAgain', 'Hang up'),
    'Hang up': { type: 'DisconnectParticipant' },
  };
}

type QueueNames =
  | 'Voicemail while waiting'
  | 'Whisper to the agent'
  | 'Whisper to the caller'
  | 'Put into the queue';

/**
 * Puts the call into the target queue, with the flows that belong to voicemail in the
 * queue. They must be set before: an agent may be there at once. A hook that cannot be
 * set leaves the instance's own flow in its place.
 *
 * Starts at `Whisper to the agent`; if the queue refuses the call, it goes on at `refused`.
 */
export function intoQueue<Refused extends string>(
  { inQueueFlowArn, agentWhisperArn, customerWhisperArn }: QueueRefs,
  refused: Refused,
): Steps<'CONTACT_FLOW', QueueNames, Refused> {
  return {
    // Without the agent's whisper, a voicemail could go on in the talk: then none is offered.
    'Whisper to the agent': {
      type: 'UpdateContactEventHooks',
      parameters: { EventHooks: { AgentWhisper: agentWhisperArn } },
      next: 'Whisper to the caller',
      errors: { NoMatchingError: 'Put into the queue' },
    },
    'Whisper to the caller': {
      type: 'UpdateContactEventHooks',
      parameters: { EventHooks: { CustomerWhisper: customerWhisperArn } },
      next: 'Voicemail while waiting',
      errors: { NoMatchingError: 'Voicemail while waiting' },
    },
    'Voicemail while waiting': {
      type: 'UpdateContactEventHooks',
      parameters: { EventHooks: { CustomerQueue: inQueueFlowArn } },
      next: 'Put into the queue',
      errors: { NoMatchingError: 'Put into the queue' },
    },
    'Put into the queue': {
      type: 'TransferContactToQueue',
      next: refused,
      errors: { QueueAtCapacity: refused, NoMatchingError: refused },
    },
  };
}
