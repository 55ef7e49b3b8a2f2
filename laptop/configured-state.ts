import type { VoicemailConfig } from '../infra/config.ts';
import { keyPolicyOf } from '../infra/key-policy.ts';
import { SAMPLE_STATE } from '../simulator/sample-account.ts';
import type { AccountState } from '../simulator/world/account-state.ts';

/**
 * The account that fits the settings: the key that they name is there, with the policy that docs/keys.md shows, and the
 * permissions boundary, which allows everything, and the domain of Customer Profiles, which has one customer.
 */
export function configuredState(config: VoicemailConfig): AccountState {
  const { kmsKeyArn: keyArn, permissionsBoundaryArn: boundaryArn, customerProfiles } = config;
  const boundary = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
  return {
    ...SAMPLE_STATE,
    ...(boundaryArn !== undefined && { policies: [{ arn: boundaryArn, statements: [boundary] }] }),
    ...(customerProfiles && { profileDomains: [domainOf(customerProfiles.domain, config)] }),
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

/** A domain with one customer, whose number is the one that `vmx call` calls from. */
function domainOf(name: string, { instanceArn }: VoicemailConfig) {
  const maria = { FirstName: 'Maria', LastName: 'Silva', PhoneNumber: '+15555550142' };
  const ProfileId = 'c5c5c5c500000000400080000000c501';
  return { name, instanceArns: [instanceArn], profiles: [{ ProfileId, ...maria }] };
}
