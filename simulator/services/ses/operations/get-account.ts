import type { RestOperation } from '../../../gateway/protocols.ts';
import type { SesParts } from '../parts.ts';

/** What the account may send in this Region: sandbox, quota, and whether AWS stopped it. */
export function getAccount({ sending, rules }: SesParts): RestOperation {
  const { sandbox = false, isPaused = false, isUnderReview = false } = rules;
  return {
    name: 'GetAccount',
    method: 'GET',
    path: '/v2/email/account',
    needs: () => [{ action: 'ses:GetAccount', resource: '*' }],
    answer() {
      const { perDay, perSecond, sent } = sending.quota();
      return {
        DedicatedIpAutoWarmupEnabled: false,
        EnforcementStatus: isPaused ? 'SHUTDOWN' : isUnderReview ? 'PROBATION' : 'HEALTHY',
        ProductionAccessEnabled: !sandbox,
        SendQuota: { Max24HourSend: perDay, MaxSendRate: perSecond, SentLast24Hours: sent },
        SendingEnabled: !isPaused,
      };
    },
  };
}
