import type { Check, Finding } from '../../check.ts';
import { type UsedKey, usedKeys } from '../../facts/used-keys.ts';

export const keyNotUsable: Check = {
  id: 'key-not-usable',
  lane: 'streams and keys',
  title: 'whether the KMS keys that voicemails depend on can be used',
  async run(look) {
    const keys = await usedKeys(look);
    return keys.flatMap((key) => (key.state === 'Enabled' ? [] : [findingOf(key, look.home.region)]));
  },
};

/** By state: what is wrong, and what is to be done. */
const WORDS: Readonly<Record<string, readonly [what: string, remedy: string] | undefined>> = {
  Disabled: ['is disabled', 'Enable it: "aws kms enable-key --key-id KEY".'],
  PendingDeletion: [
    'will be deleted, and cannot be used until then',
    'Keep it: "aws kms cancel-key-deletion --key-id KEY", and then "aws kms enable-key --key-id KEY".',
  ],
  'not found': ['is not there', 'Name the key that is in use in the settings, and deploy.'],
};

function findingOf({ keyId, state, uses }: UsedKey, region: string): Finding {
  const [what, remedy] =
    state === 'elsewhere'
      ? [`is of another Region than the instance, ${region}`, `Use a key of ${region}.`]
      : (WORDS[state] ?? [`is in state ${state}`, 'Look at it in the KMS console.']);
  return {
    severity: 'blocker',
    certainty: 'certain',
    what: `The key ${keyId} (${uses.join(', ')}) ${what}.`,
    suffers: 'Callers: what is encrypted with it can neither be written nor read.',
    evidence: state === 'elsewhere' ? [] : [{ api: 'kms:DescribeKey', saw: `KeyState: ${state}` }],
    remedy: remedy.replaceAll('KEY', `${keyId} --region ${region}`),
  };
}
