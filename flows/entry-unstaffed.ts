import { type BuiltFlow, flow } from './builder/flow.ts';
import { ENTRY_TEXTS, type EntryRefs, intoQueue, type QueueRefs, takeVoicemail } from './entry.ts';
import type { CallerSettings } from './settings.ts';
import { inTheCallersLanguage, say } from './spoken.ts';

/** An example of an entry flow: while no agent of the queue is working, callers leave a voicemail. */
export function entryUnstaffed(settings: CallerSettings, refs: EntryRefs & QueueRefs): BuiltFlow {
  return flow({
    name: 'Voicemail entry unstaffed',
    description: 'An example: voicemail while no agent of the queue is working.',
    type: 'CONTACT_FLOW',
    start: 'Which language?',
    actions: {
      ...inTheCallersLanguage(settings, ['nobodyStaffed', 'allBusy', ...ENTRY_TEXTS], () => 'For this queue'),
      'For this queue': {
        type: 'UpdateContactTargetQueue',
        parameters: { QueueId: refs.queueArn },
        next: 'Anybody working?',
        errors: { NoMatchingError: 'Take it for the fallback queue' },
      },
      'Anybody working?': {
        type: 'CheckMetricData',
        parameters: { MetricType: 'NumberOfAgentsStaffed' },
        conditions: [{ operator: 'NumberGreaterThan', operand: '0', next: 'Whisper to the agent' }],
        next: 'Say that nobody is working',
        errors: {
          NoMatchingCondition: 'Say that nobody is working',
          NoMatchingError: 'Whisper to the agent',
        },
      },
      'Say that nobody is working': say('nobodyStaffed', 'Whose voicemail it is'),
      ...intoQueue(refs, 'Say that all are busy'),
      'Say that all are busy': say('allBusy', 'Whose voicemail it is'),
      ...takeVoicemail(refs, 'Ask to call again'),
    },
  });
}
