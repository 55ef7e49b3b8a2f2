import type { Check } from '../../check.ts';
import { hasLiveMedia } from '../../../../infra/settings/regions.ts';
import { mediaStreams } from '../../facts/storage.ts';
import { FIX } from '../../remedies.ts';

export const liveMediaStreamingOff: Check = {
  id: 'live-media-streaming-off',
  lane: 'instance',
  title: 'whether live media streaming is on',
  async run(look) {
    if (!hasLiveMedia(look.home.region) || (await mediaStreams(look)) !== 'off') return [];
    const hasOtherSource = look.config.ivrRecordings !== undefined;
    return [
      {
        severity: hasOtherSource ? 'warning' : 'blocker',
        certainty: 'certain',
        what: hasOtherSource
          ? 'Live media streaming is off: only flows that record the automated interaction can take a message, and those of the stack do not.'
          : 'Live media streaming is off: no message can be recorded.',
        suffers: 'Callers: the voicemail flows tell them that no message can be taken now.',
        evidence: [{ api: 'connect:ListInstanceStorageConfigs', saw: 'MEDIA_STREAMS: none' }],
        remedy: `Run "${FIX}", or switch it on in the Amazon Connect console, under the instance's Data storage, Live media streaming: prefix "${look.config.mediaStreams.prefix}", and keep data for 24 hours or more.`,
      },
    ];
  },
};
