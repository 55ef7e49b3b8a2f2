import { z } from 'zod';
import { hasLiveMediaStreaming } from '../../../../../infra/regions/offers.ts';
import { instanceParts } from '../../world.ts';
import { actionKind, ENTRY_FLOWS } from '../action-kind.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

/**
 * Starts or stops live media streaming. It goes on across flows, queues and agents until it is stopped, or
 * the call ends. Stopping it when it does not run is not an error. Where the Region has no live media streaming, both
 * fail.
 */
export const updateContactMediaStreamingBehavior = actionKind({
  parameters: z.object({
    MediaStreamingState: z.enum(['Enabled', 'Disabled']),
    Participants: z.array(z.looseObject({ MediaDirections: z.array(z.enum(['From', 'To'])) })).default([]),
  }),
  logName: ({ Parameters: { MediaStreamingState } }) =>
    MediaStreamingState === 'Disabled' ? 'StopMediaStreaming' : 'StartMediaStreaming',
  flowTypes: [...ENTRY_FLOWS, 'CUSTOMER_QUEUE', 'CUSTOMER_WHISPER', 'AGENT_WHISPER', 'OUTBOUND_WHISPER'],
  channels: ['VOICE'],
  run({ MediaStreamingState, Participants }, { contact, flowType, parts }) {
    const voice = parts.voiceOf(contact);
    if (!voice || !hasLiveMediaStreaming(instanceParts(parts.world).region)) return NO_MATCHING_ERROR;
    if (MediaStreamingState === 'Disabled') {
      voice.stopStreaming();
      return DONE;
    }
    if (flowType === 'AGENT_WHISPER') return NO_MATCHING_ERROR;
    const directions = Participants.flatMap(({ MediaDirections }) => MediaDirections);
    return voice.startStreaming([...new Set(directions)]) === 'started' ? DONE : NO_MATCHING_ERROR;
  },
});
