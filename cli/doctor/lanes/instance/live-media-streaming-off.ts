import type { Check } from '../../check.ts';
import { audioSourceOf } from '../../../../infra/config.ts';
import { hasLiveMediaStreaming } from '../../../../infra/regions/offers.ts';
import { mediaStreams } from '../../facts/storage.ts';
import { FIX } from '../../remedies.ts';

/** By source of the stack's flows: what it means where call recordings are kept. */
const WHAT_WITH_RECORDINGS = {
  stream:
    'only flows that record the automated interaction can take a message, and those of the stack do not.',
  both: 'messages are in the recordings of automated interactions alone.',
} as const;

export const liveMediaStreamingOff: Check = {
  id: 'live-media-streaming-off',
  lane: 'instance',
  title: 'whether live media streaming is on',
  async run(look) {
    const { mediaStreams: wanted } = look.config;
    const source = audioSourceOf(look.config);
    if (source === 'ivr' || !hasLiveMediaStreaming(look.home.region)) return [];
    if ((await mediaStreams(look)) !== 'off') return [];
    const hasOtherSource = look.config.ivrRecordings !== undefined;
    return [
      {
        severity: hasOtherSource ? 'warning' : 'blocker',
        certainty: 'certain',
        what: `Live media streaming is off: ${hasOtherSource ? WHAT_WITH_RECORDINGS[source] : 'no message can be recorded.'}`,
        suffers:
          source === 'both'
            ? 'Callers whose recording cannot be read either.'
            : 'Callers: the voicemail flows tell them that no message can be taken now.',
        evidence: [{ api: 'connect:ListInstanceStorageConfigs', saw: 'MEDIA_STREAMS: none' }],
        remedy: `Run "${FIX}", or switch it on in the Amazon Connect console, under the instance's Data storage, Live media streaming: prefix "${wanted?.prefix ?? 'voicemail'}", and keep data for 24 hours or more.`,
      },
    ];
  },
};
