import { type BuiltFlow, flow } from './builder/flow.ts';
import { ENTRY_TEXTS, type EntryRefs, intoQueue, type QueueRefs, takeVoicemail } from './entry.ts';
import type { CallerSettings } from './settings.ts';
import { inTheCallersLanguage, say } from './spoken.ts';

/** An example of an entry flow: outside the queue's hours of operation, callers leave a voicemail. */
export function entryClosed(settings: CallerSettings, refs: EntryRefs & QueueRefs): BuiltFlow {
  return flow({
    name: 'Voicemail entry closed',
    description: "An example: voicemail outside the queue's hours of operation.",
    type: 'CONTACT_FLOW',
    start: 'Which language?',
    actions: {
      ...inTheCallersLanguage(settings, ['closed', 'allBusy', ...ENTRY_TEXTS], () => 'For this queue'),
      'For this queue': {
        type: 'UpdateContactTargetQueue',
        parameters: { QueueId: refs.queueArn },
        next: 'Open now?',
        errors: { NoMatchingError: 'Take it for the fallback queue' },
      },
      // The queue's own hours. Without hours the flow cannot know, and the queue takes the call.
      'Open now?': {
        type: 'CheckHoursOfOperation',
        conditions: [
          { operator: 'Equals', operand: 'True', next: 'Whisper to the agent' },
          { operator: 'Equals', operand: 'False', next: 'Say that it is closed' },
        ],
        next: 'Whisper to the agent',
        errors: { NoMatchingError: 'Whisper to the agent' },
      },
      'Say that it is closed': say('closed', 'Whose voicemail it is'),
      ...intoQueue(refs, 'Say that all are busy'),
      'Say that all are busy': say('allBusy', 'Whose voicemail it is'),
      ...takeVoicemail(refs, 'Ask to call again'),
    },
  });
}
