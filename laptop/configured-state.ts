import type { VoicemailConfig } from '../infra/config.ts';
import { keyPolicyOf } from '../infra/key-policy.ts';
import { SAMPLE_STATE } from '../simulator/sample-account.ts';
import type { AccountState } from '../simulator/world/account-state.ts';

/** The account that fits the settings: the key that they name is there, with the policy that docs/keys.md shows. */
export function configuredState(config: VoicemailConfig): AccountState {
  const { kmsKeyArn: arn } = config;
  if (arn === undefined) return SAMPLE_STATE;
  const administrators = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'kms:*',
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:user/*' } },
  } as const;
  return { ...SAMPLE_STATE, keys: [{ arn, policy: [administrators, ...keyPolicyOf(config)] }] };
}
