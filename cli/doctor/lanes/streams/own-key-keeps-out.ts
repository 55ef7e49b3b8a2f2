import { keyPolicyOf as wantedPolicyOf, type KeyPolicyStatement } from '../../../../infra/key-policy.ts';
import type { Check, Finding } from '../../check.ts';
import { keyPolicyOf } from '../../../aws/keys.ts';
import { ownNamesBegin } from '../../facts/own-names.ts';
import { usedKeys } from '../../facts/used-keys.ts';
import { missingActions } from '../../key-policy.ts';
import type { Look } from '../../look.ts';

/** By what a statement is for: what happens without it. */
const SUFFERS: Readonly<Record<string, string>> = {
  VoicemailExpressAccount: 'Callers: no voicemail can be kept or read.',
  VoicemailExpressDeployment: 'Who deploys: CloudFormation cannot make what the key encrypts.',
  VoicemailExpressEvents:
    'Callers and agents: transcripts and recordings are only noticed by the sweep, so every voicemail comes late.',
  VoicemailExpressLogs: 'Who deploys: CloudWatch Logs refuses the log groups.',
  VoicemailExpressAlarms: 'Who is on call: alarms go off, and no mail tells.',
};

export const ownKeyKeepsOut: Check = {
  id: 'own-key-keeps-out',
  lane: 'streams and keys',
  title: 'whether the policy of kmsKeyArn lets in all who need the key',
  async run(look) {
    const { kmsKeyArn } = look.config;
    const key = (await usedKeys(look)).find(({ keyId }) => keyId === kmsKeyArn);
    if (kmsKeyArn === undefined || key?.state !== 'Enabled') return [];
    const policy = await keyPolicyOf(kmsKeyArn, look);
    return wantedPolicyOf(look.config).flatMap((statement) => {
      const missing = missingIn(policy, statement, look);
      return missing.length === 0 ? [] : [findingOf(kmsKeyArn, statement, missing)];
    });
  },
};

function missingIn(
  policy: string,
  { Principal: { Service: service }, Action: actions }: KeyPolicyStatement,
  look: Look,
): readonly string[] {
  const { partition, accountId } = look.home;
  const roles = { partition, accountId, namesBegin: ownNamesBegin(look) };
  return missingActions(policy, { roles, actions, ...(service !== undefined && { service }) });
}

function findingOf(keyArn: string, statement: KeyPolicyStatement, missing: readonly string[]): Finding {
  const { Sid, Principal } = statement;
  const who = Principal['Service'] ?? "the account's IAM policies";
  return {
    severity: 'blocker',
    certainty: 'likely',
    what: `The policy of the key ${keyArn} does not allow ${missing.join(', ')} to ${who}.`,
    suffers: SUFFERS[Sid] ?? 'Callers: what is encrypted with the key cannot be used.',
    evidence: [{ api: 'kms:GetKeyPolicy', saw: `no statement allows ${missing.join(', ')} to ${who}` }],
    remedy: `Add this statement to the key's policy, in the KMS console under Key policy: ${JSON.stringify(statement)}`,
  };
}
