import type { VoicemailConfig } from '../../../../infra/config.ts';
import { voicemailsPerSecondOf } from '../../../../infra/queue-workers.ts';
import type { Check, Finding } from '../../check.ts';
import { type QuotaKey, quotaValues } from '../../facts/quotas.ts';
import type { Look } from '../../look.ts';

interface WatchedQuota extends QuotaKey {
  /** Who notices when it is used up. */
  readonly suffers: string;
  /** How much the settings need, where they may need more than the default. */
  readonly wanted?: (config: VoicemailConfig) => number;
}

/**
 * The codes are those of lists that others have made of the API's answers (2024 to 2026); two of them are
 * in AWS's own pages as well. Not verified in an account: Service Quotas says the name of each, which is shown.
 */
const WATCHED: readonly WatchedQuota[] = [
  {
    service: 'connect',
    code: 'L-E704D621', // Rate of StartTaskContact API requests
    suffers: 'Agents: tasks come late when many voicemails are delivered at once. None is lost.',
    wanted: (config) => (config.deliveryMode === 'email' ? 0 : voicemailsPerSecondOf(config)),
  },
  {
    service: 'connect',
    code: 'L-E3D2F503', // AWS Lambda functions per instance
    suffers:
      'Administrators: the stack cannot add its function to the instance if there are as many already.',
  },
  {
    service: 'kinesisvideo',
    code: 'L-F06528A6', // Number of video streams
    suffers: 'Callers: a call for which there is no stream is not recorded.',
  },
  {
    service: 'transcribe',
    code: 'L-6F7AB1C9', // Number of concurrent batch transcription jobs
    suffers: 'Agents: transcripts come late, or not at all, when many voicemails come in at once.',
  },
];

export const quotaBelowDefault: Check = {
  id: 'quota-below-default',
  lane: 'account',
  title: 'whether the account has less of something than AWS gives by default, or than the settings need',
  async run(look) {
    return (await Promise.all(WATCHED.map((one) => findingsOf(one, look)))).flat();
  },
};

async function findingsOf(watched: WatchedQuota, look: Look): Promise<readonly Finding[]> {
  const { service, code, suffers, wanted } = watched;
  const { name, value, usual } = await quotaValues(watched, look);
  const needed = Math.max(usual, wanted?.(look.config) ?? 0);
  if (value >= needed) return [];
  const isBySettings = needed > usual;
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `The quota "${name}" is ${value} in ${look.home.region}, and ${isBySettings ? `voicemailsPerSecond is ${needed}` : `AWS's default is ${usual}`}.`,
      suffers,
      evidence: [{ api: 'servicequotas:GetServiceQuota', saw: `${service} ${code}: ${value}` }],
      remedy: `Ask for more: aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${needed} --region ${look.home.region}.`,
    },
  ];
}
