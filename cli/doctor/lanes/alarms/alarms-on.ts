import type { Check, Finding } from '../../check.ts';
import { counted, listed } from '../../counted.ts';
import { type Alarm, alarms } from '../../facts/alarms.ts';

const API = 'cloudwatch:DescribeAlarms';

/** A new alarm has looked at its metric by then. */
const UNJUDGED_MS = 3_600_000;

export const alarmsOn: Check = {
  id: 'alarms-on',
  lane: 'alarms',
  title: 'whether alarms are on',
  async run(look) {
    const found = await alarms(look);
    const unjudged = found.filter(
      ({ state, sinceMs = look.now() }) =>
        state === 'INSUFFICIENT_DATA' && look.now() - sinceMs > UNJUDGED_MS,
    );
    return [...found.filter(({ state }) => state === 'ALARM').map(on), ...withoutData(unjudged)];
  },
};

function on({ title, impact, sinceMs }: Alarm): Finding {
  const since = sinceMs === undefined ? '' : ` since ${new Date(sinceMs).toISOString().slice(0, 19)}Z`;
  return {
    severity: 'warning',
    certainty: 'certain',
    what: `The alarm "${title}" is on.`,
    suffers: impact,
    evidence: [{ api: API, saw: `ALARM${since}` }],
    remedy: `docs/operations.md says what to do, under the heading "${title}".`,
  };
}

/** The stack's own alarms know what silence means, and never stay so. */
function withoutData(unjudged: readonly Alarm[]): readonly Finding[] {
  if (unjudged.length === 0) return [];
  return [
    {
      severity: 'note',
      certainty: 'likely',
      what: `${counted(unjudged.length, 'alarm')} cannot tell, for more than an hour.`,
      suffers: 'Operators: such an alarm does not go off, whatever happens.',
      evidence: [{ api: API, saw: `INSUFFICIENT_DATA: ${listed(unjudged.map(({ title }) => title))}` }],
      remedy:
        'CloudWatch console, Alarms: see whether their metric is still written. The stack’s own alarms never stay so; these may be somebody’s own.',
    },
  ];
}
