import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Asker } from './asker.ts';

export interface FoundKey {
  readonly arn: string;
  /** Of AWS, such as `aws/kinesisvideo`: its policy lets everybody in who may use the service. */
  readonly isOfAws: boolean;
  /** `Enabled`, `Disabled`, `PendingDeletion` … */
  readonly state: string;
}

const known = new WeakMap<Asker, Map<string, Promise<FoundKey | 'not found'>>>();

/** By the ARN of a key or of an alias. Each is looked up once for each asker. */
export function keyOf(keyId: string, asker: Asker): Promise<FoundKey | 'not found'> {
  const keys = known.get(asker) ?? new Map<string, Promise<FoundKey | 'not found'>>();
  known.set(asker, keys);
  const key = keys.get(keyId) ?? described(keyId, asker);
  keys.set(keyId, key);
  return key;
}

/** Only keys of AWS have an alias that begins with `aws/`: nobody has to be asked about those. */
const ALIAS_OF_AWS = /(?:^|:)alias\/aws\//;

async function described(KeyId: string, asker: Asker): Promise<FoundKey | 'not found'> {
  if (ALIAS_OF_AWS.test(KeyId)) return { arn: KeyId, isOfAws: true, state: 'Enabled' };
  try {
    const { KeyMetadata } = await asker.ask('kms:DescribeKey', () =>
      asker.client(KMSClient).send(new DescribeKeyCommand({ KeyId })),
    );
    const { Arn = KeyId, KeyManager, KeyState = 'unknown' } = KeyMetadata ?? {};
    return { arn: Arn, isOfAws: KeyManager === 'AWS', state: KeyState };
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return 'not found';
    throw error;
  }
}

/** The document, as it is written. */
export async function keyPolicyOf(keyArn: string, asker: Asker): Promise<string> {
  const { Policy = '{}' } = await asker.ask('kms:GetKeyPolicy', () =>
    asker.client(KMSClient).send(new GetKeyPolicyCommand({ KeyId: keyArn, PolicyName: 'default' })),
  );
  return Policy;
}
