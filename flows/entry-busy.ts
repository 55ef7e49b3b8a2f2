import { type BuiltFlow, flow } from './builder/flow.ts';
import { ENTRY_TEXTS, type EntryRefs, intoQueue, type QueueRefs, takeVoicemail } from './entry.ts';
import type { CallerSettings } from './settings.ts';
import { inTheCallersLanguage, say } from './spoken.ts';

const OFFER_SECONDS = 5;

/** An example of an entry flow: while all agents are busy, callers choose between waiting and a voicemail. */
export function entryBusy(settings: CallerSettings, refs: EntryRefs & QueueRefs): BuiltFlow {
  return flow({
    name: 'Voicemail entry busy',
    description: 'An example: while all agents are busy, callers choose between waiting and voicemail.',
    type: 'CONTACT_FLOW',
    start: 'Which language?',
    actions: {
      ...inTheCallersLanguage(
        settings,
        ['allBusy', 'offer', 'stayOnTheLine', ...ENTRY_TEXTS],
        () => 'For this queue',
      ),
      'For this queue': {
        type: 'UpdateContactTargetQueue',
        parameters: { QueueId: refs.queueArn },
        next: 'Anybody free?',
        errors: { NoMatchingError: 'Take it for the fallback queue' },
      },
      'Anybody free?': {
        type: 'CheckMetricData',
        parameters: { MetricType: 'NumberOfAgentsAvailable' },
        conditions: [{ operator: 'NumberGreaterThan', operand: '0', next: 'Whisper to the agent' }],
        next: 'Say that all are busy',
        errors: { NoMatchingCondition: 'Say that all are busy', NoMatchingError: 'Whisper to the agent' },
      },
      'Say that all are busy': say('allBusy', 'Wait or voicemail?'),
      'Wait or voicemail?': {
        type: 'GetParticipantInput',
        parameters: {
          Text: '$.FlowAttributes.offer',
          StoreInput: 'False',
          InputTimeLimitSeconds: `${OFFER_SECONDS}`,
        },
        conditions: [{ operator: 'Equals', operand: '1', next: 'Whose voicemail it is' }],
        next: 'Whisper to the agent',
        errors: {
          InputTimeLimitExceeded: 'Whisper to the agent',
          NoMatchingCondition: 'Whisper to the agent',
          NoMatchingError: 'Whisper to the agent',
        },
      },
      ...takeVoicemail(refs, 'Ask to stay on the line'),
      'Ask to stay on the line': say('stayOnTheLine', 'Whisper to the agent'),
      // A full queue can have room again soon: a caller who goes on waiting tries it again.
      ...intoQueue(refs, 'Say that all are busy'),
    },
  });
}
