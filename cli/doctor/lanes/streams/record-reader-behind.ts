import type { Check } from '../../check.ts';
import { iteratorAgeOf } from '../../facts/metrics.ts';
import { recordReaders } from '../../facts/record-readers.ts';

const MINUTE_MS = 60_000;
/** As the alarm "contact-records is behind" has it. */
const TOO_OLD_MS = 10 * MINUTE_MS;

export const recordReaderBehind: Check = {
  id: 'record-reader-behind',
  lane: 'streams and keys',
  title: 'how long contact records wait to be read',
  async run(look) {
    const ours = (await recordReaders(look)).filter(({ owner }) => owner === 'ours');
    const ages = await Promise.all(ours.map(({ functionName }) => iteratorAgeOf(functionName, look)));
    const oldestMs = Math.max(0, ...ages);
    if (oldestMs < TOO_OLD_MS) return [];
    const minutes = Math.round(oldestMs / MINUTE_MS);
    return [
      {
        severity: 'warning',
        certainty: 'certain',
        what: `Contact records have waited up to ${minutes} minutes to be read.`,
        suffers:
          'Agents: voicemails reach them late. After 23 hours records are set aside in the failures bucket.',
        evidence: [
          {
            api: 'cloudwatch:GetMetricStatistics',
            saw: `IteratorAge: ${oldestMs} ms the most in 15 minutes`,
          },
        ],
        remedy:
          'See "contact-records is behind" in docs/operations.md: look at errors and throttles of the function contact-records.',
      },
    ];
  },
};
