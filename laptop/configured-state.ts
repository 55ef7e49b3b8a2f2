import type { VoicemailConfig } from '../infra/config.ts';
import { keyPolicyOf } from '../infra/key-policy.ts';
import { SAMPLE_STATE } from '../simulator/sample-account.ts';
import type { AccountState } from '../simulator/world/account-state.ts';

/**
 * The account that fits the settings: the key that they name is there, with the policy that docs/keys.md shows, and the
 * permissions boundary, which allows everything.
 */
export function configuredState(config: VoicemailConfig): AccountState {
  const { kmsKeyArn: keyArn, permissionsBoundaryArn: boundaryArn } = config;
  const boundary = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
  return {
    ...SAMPLE_STATE,
    ...(boundaryArn !== undefined && { policies: [{ arn: boundaryArn, statements: [boundary] }] }),
    ...(keyArn !== undefined && { keys: [keyOf(keyArn, config)] }),
  };
}

function keyOf(arn: string, config: VoicemailConfig) {
  const administrators = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'kms:*',
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:user/*' } },
  } as const;
  return { arn, policy: [administrators, ...keyPolicyOf(config)] };
}
