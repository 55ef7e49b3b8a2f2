import type { JsonOperation } from '../../../gateway/protocols.ts';
import { onKey, requireKey } from '../input.ts';
import type { KmsParts } from '../parts.ts';

const BY_ANY_NAME = { byAlias: true };
/** From when its deletion was asked for; 7 to 30 days can be set on AWS. */
const WAITS_MS = 30 * 86_400_000;

export function describeKey(parts: KmsParts): JsonOperation {
  return {
    name: 'DescribeKey',
    needs: onKey('DescribeKey', parts, BY_ANY_NAME),
    answer(input) {
      const { arn, id, state, manager } = requireKey(input, parts, BY_ANY_NAME);
      return {
        KeyMetadata: {
          AWSAccountId: arn.split(':')[4],
          KeyId: id,
          Arn: arn,
          Enabled: state === 'Enabled',
          KeyState: state,
          ...(state === 'PendingDeletion' && { DeletionDate: (parts.now() + WAITS_MS) / 1000 }),
          KeyManager: manager,
          KeyUsage: 'ENCRYPT_DECRYPT',
          KeySpec: 'SYMMETRIC_DEFAULT',
          EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
          Origin: 'AWS_KMS',
          MultiRegion: false,
        },
      };
    },
  };
}
