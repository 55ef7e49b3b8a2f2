import type { Check } from '../../check.ts';
import { hasLiveMedia } from '../../../../infra/settings/regions.ts';

export const noLiveMediaInRegion: Check = {
  id: 'no-live-media-in-region',
  lane: 'instance',
  title: 'whether Amazon Connect streams live media in this Region',
  run({ config, home: { region } }) {
    if (hasLiveMedia(region) || config.ivrRecordings !== undefined) return Promise.resolve([]);
    return Promise.resolve([
      {
        severity: 'blocker',
        certainty: 'likely',
        what: `Amazon Connect has no live media streaming in ${region}, by its documentation of October 2025, and the settings name no ivrRecordings.`,
        suffers: 'Callers: no message can be recorded.',
        // The list is that of the documentation: nothing was asked.
        evidence: [],
        remedy:
          'Have a flow record the automated interaction, and set ivrRecordings to the bucket of Data storage, call recordings: see docs/recording.md.',
      },
    ]);
  },
};
