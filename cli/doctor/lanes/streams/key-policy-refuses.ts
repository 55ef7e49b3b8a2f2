import type { Check, Finding } from '../../check.ts';
import { keyPolicyOf } from '../../../aws/keys.ts';
import { ownNamesBegin } from '../../facts/own-names.ts';
import { type UsedKey, usedKeys } from '../../facts/used-keys.ts';
import { admitsDecrypting } from '../../key-policy.ts';
import type { Look } from '../../look.ts';

export const keyPolicyRefuses: Check = {
  id: 'key-policy-refuses',
  lane: 'streams and keys',
  title: 'whether the policies of the KMS keys admit the functions',
  async run(look) {
    // Another check asks more of the key that is the stack's alone.
    const keys = (await usedKeys(look)).filter(
      ({ state, uses }) => state === 'Enabled' && uses.join() !== 'kmsKeyArn',
    );
    const checked = await Promise.all(
      keys.map(async (key) => {
        const policy = await keyPolicyOf(key.keyId, look);
        const { partition, accountId } = look.home;
        const roles = { partition, accountId, namesBegin: ownNamesBegin(look) };
        return admitsDecrypting(policy, roles) ? [] : [findingOf(key, look)];
      }),
    );
    return checked.flat();
  },
};

function findingOf({ keyId, uses }: UsedKey, look: Look): Finding {
  const { accountId, partition } = look.home;
  const statement = {
    Sid: 'VoicemailExpress',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: {
      ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${accountId}:role/${ownNamesBegin(look)}*` },
    },
  };
  return {
    severity: 'blocker',
    certainty: 'likely',
    what: `The policy of the key ${keyId} (${uses.join(', ')}) neither leaves it to the account's IAM policies who may decrypt, nor names a role of the stack ${look.stackName}.`,
    suffers: 'Callers: recordings or contact records cannot be decrypted, and no voicemail comes of them.',
    evidence: [
      { api: 'kms:GetKeyPolicy', saw: 'no statement allows kms:Decrypt to the account or the roles' },
    ],
    remedy: `Add this statement to the key's policy, in the KMS console under Key policy: ${JSON.stringify(statement)}`,
  };
}
