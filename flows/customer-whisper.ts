import { type BuiltFlow, flow } from './builder/flow.ts';
import type { CallerSettings } from './settings.ts';
import { inTheCallersLanguage, say } from './spoken.ts';

/** Tells a caller, who may just have been leaving a voicemail, that an agent is there. */
export function customerWhisper(settings: CallerSettings): BuiltFlow {
  return flow({
    name: 'Voicemail customer whisper',
    description: 'Tells the caller that an agent has taken the call.',
    type: 'CUSTOMER_WHISPER',
    start: 'Which language?',
    actions: {
      ...inTheCallersLanguage(settings, ['connecting'], () => 'Say who is there'),
      'Say who is there': say('connecting', 'To the talk'),
      'To the talk': { type: 'EndFlowExecution' },
    },
  });
}
