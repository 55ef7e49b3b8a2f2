import { type BuiltFlow, flow } from './builder/flow.ts';

/**
 * Runs when an agent has accepted a call that may just have been leaving a voicemail: then there is no
 * voicemail. The flag is reset first, because it alone decides; then streaming stops, because it would
 * otherwise go on during the talk. The agent hears nothing.
 */
export function agentWhisper(): BuiltFlow {
  return flow({
    name: 'Voicemail agent whisper',
    description: 'An agent has taken the call: no voicemail comes of it, and recording for it ends.',
    type: 'AGENT_WHISPER',
    start: 'No voicemail after all',
    actions: {
      'No voicemail after all': {
        type: 'UpdateContactAttributes',
        parameters: { Attributes: { vmx3_flag: '0' }, TargetContact: 'Current' },
        next: 'Stop streaming',
        errors: { NoMatchingError: 'Stop streaming' },
      },
      'Stop streaming': {
        type: 'UpdateContactMediaStreamingBehavior',
        parameters: {
          MediaStreamingState: 'Disabled',
          MediaStreamType: 'Audio',
          Participants: [{ ParticipantType: 'Customer', MediaDirections: ['From', 'To'] }],
        },
        next: 'To the talk',
        errors: { NoMatchingError: 'To the talk' },
      },
      'To the talk': { type: 'EndFlowExecution' },
    },
  });
}
