import type { Check, Finding } from '../../check.ts';
import { counted } from '../../counted.ts';
import { isDeployed, stack } from '../../facts/stack.ts';
import { type Drift, driftsOf } from '../../facts/stack-drifts.ts';
import type { Look } from '../../look.ts';
import { DEPLOY_OVER_DRIFT } from '../../remedies.ts';

const DAY_MS = 86_400_000;
/** After so many days nobody would rely on what was found. */
const STALE_DAYS = 30;
const MOST_SHOWN = 8;

/**
 * What was found when somebody last looked for drift. The doctor does not start to look: DetectStackDrift takes
 * minutes, and leaves its result in the stack, so it is no read.
 */
export const stackDrifted: Check = {
  id: 'stack-drifted',
  lane: 'stack',
  title: 'whether the stack was changed by hand',
  async run(look) {
    const found = await stack(look);
    if (!found || !isDeployed(found)) return [];
    const { drift } = found;
    if (!drift) return [neverLooked(look)];
    const ageMs = look.now() - drift.foundAtMs;
    if (drift.isDrifted) return [drifted(await driftsOf(look), ageWords(ageMs), look)];
    return ageMs > STALE_DAYS * DAY_MS ? [lookedLongAgo(ageWords(ageMs), look)] : [];
  },
};

function drifted(drifts: readonly Drift[], age: string, look: Look): Finding {
  const more = drifts.length - MOST_SHOWN;
  return {
    severity: 'warning',
    certainty: 'certain',
    what: `${counted(drifts.length, 'resource')} of the stack ${drifts.length === 1 ? 'is' : 'are'} not as deployed. That was found ${age}.`,
    suffers:
      'Administrators: the next deployment may fail, or undo what somebody changed. Callers and agents, if what was changed matters.',
    evidence: [
      ...drifts.slice(0, MOST_SHOWN).map((drift) => ({
        api: 'cloudformation:DescribeStackResourceDrifts',
        saw: driftWords(drift),
      })),
      ...(more > 0 ? [{ api: 'cloudformation:DescribeStackResourceDrifts', saw: `and ${more} more` }] : []),
    ],
    remedy: `Put what should stay into the settings, and deploy over the rest: ${DEPLOY_OVER_DRIFT}. Then look again: ${detect(look)}.`,
  };
}

function driftWords({ logicalId, type, status, paths }: Drift): string {
  return `${logicalId} (${type}): ${status}${paths.length === 0 ? '' : ` at ${paths.join(', ')}`}`;
}

function neverLooked(look: Look): Finding {
  return {
    severity: 'note',
    certainty: 'certain',
    what: 'Nobody has looked yet whether resources of the stack were changed by hand.',
    suffers: 'Nobody, if nothing was changed.',
    evidence: [{ api: 'cloudformation:DescribeStacks', saw: 'StackDriftStatus: NOT_CHECKED' }],
    remedy: `Have CloudFormation look, which takes some minutes and changes no resource: ${detect(look)}.`,
  };
}

function lookedLongAgo(age: string, look: Look): Finding {
  return {
    severity: 'note',
    certainty: 'certain',
    what: `That no resource of the stack was changed by hand was found ${age}.`,
    suffers: 'Nobody, if nothing was changed since then.',
    evidence: [{ api: 'cloudformation:DescribeStacks', saw: `StackDriftStatus: IN_SYNC, ${age}` }],
    remedy: `Have CloudFormation look again: ${detect(look)}.`,
  };
}

function detect({ stackName, home }: Look): string {
  return `aws cloudformation detect-stack-drift --stack-name ${stackName} --region ${home.region}`;
}

function ageWords(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  return days < 1 ? 'in the last 24 hours' : `${counted(days, 'day')} ago`;
}
