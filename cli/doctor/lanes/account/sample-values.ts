import { sampleValuesIn } from '../../../../infra/settings/sample-values.ts';
import { destinationOf } from '../../../../infra/settings/settings-file.ts';
import type { Check } from '../../check.ts';

export const sampleValues: Check = {
  id: 'sample-values',
  lane: 'account',
  title: 'whether settings still have values of the sample',
  async run({ config, place }) {
    // In the simulator they are right.
    if (destinationOf(place.endpoint) === 'laptop') return [];
    const found = sampleValuesIn(config);
    if (found.length === 0) return [];
    return [
      {
        severity: 'blocker',
        certainty: 'certain',
        what: 'Settings still have values of the sample, which no account of yours has.',
        suffers: 'Everybody: a stack with these settings cannot be deployed, or serves nobody.',
        evidence: found.map((sentence) => ({ api: 'settings', saw: sentence })),
        remedy: 'Put your own values in their place. "npx vmx init" proposes them.',
      },
    ];
  },
};
