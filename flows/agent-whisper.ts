import { isStreamed } from '../src/domain/audio-source.ts';
import { stopStreaming } from './audio-steps.ts';
import { type BuiltFlow, flow } from './builder/flow.ts';
import type { CallerSettings } from './settings.ts';

/**
 * Runs when an agent has accepted a call that may just have been leaving a voicemail: then there is no
 * voicemail. The flag is reset first, because it alone decides; then streaming stops, because it would
 * otherwise go on during the talk. A recording of the automated interaction ends by itself. The agent hears nothing.
 */
export function agentWhisper({ audioSource }: Pick<CallerSettings, 'audioSource'>): BuiltFlow {
  const afterwards = isStreamed(audioSource) ? 'Stop streaming' : 'To the talk';
  return flow({
    name: 'Voicemail agent whisper',
    description: 'An agent has taken the call: no voicemail comes of it, and recording for it ends.',
    type: 'AGENT_WHISPER',
    start: 'No voicemail after all',
    actions: {
      'No voicemail after all': {
        type: 'UpdateContactAttributes',
        parameters: { Attributes: { vmx3_flag: '0' }, TargetContact: 'Current' },
        next: afterwards,
        errors: { NoMatchingError: afterwards },
      },
      ...(isStreamed(audioSource) && { 'Stop streaming': stopStreaming('To the talk') }),
      'To the talk': { type: 'EndFlowExecution' },
    },
  });
}
