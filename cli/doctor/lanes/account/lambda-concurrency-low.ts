import { allWorkersAtOnce } from '../../../../infra/queue-workers.ts';
import type { Check } from '../../check.ts';
import { lambdaConcurrency } from '../../facts/lambda-concurrency.ts';

/** For the stream of contact records, the sweep, guides and links. */
const OTHERS = 11;

export const lambdaConcurrencyLow: Check = {
  id: 'lambda-concurrency-low',
  lane: 'account',
  title: 'whether the account may run enough Lambda functions at once',
  async run(look) {
    const { most, unreserved: free } = await lambdaConcurrency(look);
    const used = allWorkersAtOnce(look.config) + OTHERS;
    if (free >= used) return [];
    const reserved = free < most ? `, of which ${most - free} are reserved for single functions` : '';
    return [
      {
        severity: 'warning',
        certainty: 'certain',
        what: `In ${look.home.region} the account may run ${most} Lambda functions at once${reserved}, and the stack alone runs up to ${used}.`,
        suffers:
          'Agents: guides and links fail while many callers leave messages, and voicemails are late. None is lost.',
        evidence: [
          {
            api: 'lambda:GetAccountSettings',
            saw: `ConcurrentExecutions: ${most}, UnreservedConcurrentExecutions: ${free}`,
          },
        ],
        remedy: `Ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value ${Math.max(1000, 2 * used)} --region ${look.home.region}.`,
      },
    ];
  },
};
