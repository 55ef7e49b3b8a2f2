import type { Check } from '../../check.ts';
import { audioSourceOf } from '../../../../infra/config.ts';
import { hasLiveMediaStreaming } from '../../../../infra/regions/offers.ts';

export const noLiveMediaInRegion: Check = {
  id: 'no-live-media-in-region',
  lane: 'instance',
  title: 'whether Amazon Connect streams live media in this Region',
  run({ config, home: { region } }) {
    const source = audioSourceOf(config);
    if (hasLiveMediaStreaming(region) || source === 'ivr') return Promise.resolve([]);
    const hasOtherSource = config.ivrRecordings !== undefined;
    return Promise.resolve([
      {
        severity: hasOtherSource ? 'warning' : 'blocker',
        certainty: 'likely',
        what: `Amazon Connect has no live media streaming in ${region}, by its documentation of October 2025, and audioSource is '${source}'.`,
        suffers:
          source === 'both'
            ? 'Nobody: there is one source of audio, and not two.'
            : 'Callers: the voicemail flows tell them that no message can be taken now.',
        // The list is that of the documentation: nothing was asked.
        evidence: [],
        remedy:
          "Set audioSource: 'ivr' in the settings, and ivrRecordings to the bucket of Data storage, call recordings, and deploy: see docs/recording.md.",
      },
    ]);
  },
};
