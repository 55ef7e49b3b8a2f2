import type { Account } from '../../account.ts';
import type { KeyPolicyStatement, KmsKey } from '../../world/account-state.ts';
import { AWS_MANAGED, awsManagedKeyArn } from './aws-managed-keys.ts';

export interface Key {
  readonly arn: string;
  /** What comes after `key/`. */
  readonly id: string;
  /** `alias/…` */
  readonly aliases: readonly string[];
  readonly manager: 'AWS' | 'CUSTOMER';
  readonly state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  readonly policy: readonly KeyPolicyStatement[];
}

/** The keys of the account's people, and those of AWS. */
export function keysOf(account: Account, keys: readonly KmsKey[]): readonly Key[] {
  return [
    ...keys.map(({ arn, aliases = [], state = 'Enabled', policy }) => ({
      ...named(arn),
      aliases,
      manager: 'CUSTOMER' as const,
      state,
      policy: policy ?? [rootMayAll(account)],
    })),
    ...AWS_MANAGED.map((service) => ({
      ...named(awsManagedKeyArn(service, account)),
      aliases: [`alias/aws/${service}`],
      manager: 'AWS' as const,
      state: 'Enabled' as const,
      policy: [everybodyThrough(service, account)],
    })),
  ];
}

function named(arn: string): Pick<Key, 'arn' | 'id'> {
  return { arn, id: arn.slice(arn.lastIndexOf('/') + 1) };
}

/** What a key has that was made without a policy: the account's IAM policies decide. */
function rootMayAll({ partition, id }: Account): KeyPolicyStatement {
  return {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${id}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
}

function everybodyThrough(service: string, { region, id }: Account): KeyPolicyStatement {
  return {
    Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
    Condition: {
      StringEquals: {
        'kms:CallerAccount': id,
        'kms:ViaService': `${service}.${region}.amazonaws.com`,
      },
    },
  };
}
