import type { Check, Finding } from '../../check.ts';
import { keyOf } from '../../../aws/keys.ts';
import { type CallRecordings, callRecordings } from '../../facts/storage.ts';
import type { Look } from '../../look.ts';

export const callRecordingsDiffer: Check = {
  id: 'call-recordings-differ',
  lane: 'instance',
  title: 'whether ivrRecordings says where the instance keeps call recordings',
  async run(look) {
    const { ivrRecordings } = look.config;
    if (ivrRecordings === undefined) return [];
    const stored = await callRecordings(look);
    if (stored === 'no instance') return [];
    if (stored === 'off') {
      return [
        findingOf({
          what: `ivrRecordings names the bucket ${ivrRecordings.bucket}, and the instance keeps no call recordings.`,
          saw: 'none',
          remedy:
            "In the Amazon Connect console, under the instance's Data storage, call recordings, enable call recording with that bucket.",
        }),
      ];
    }
    return [...placeFindings(ivrRecordings, stored), ...(await keyFindings(ivrRecordings, stored, look))];
  },
};

type IvrRecordings = NonNullable<Look['config']['ivrRecordings']>;

function placeFindings({ bucket, prefix = '' }: IvrRecordings, stored: CallRecordings): readonly Finding[] {
  const saw = `${stored.bucket}/${stored.prefix}`;
  if (stored.bucket !== bucket) {
    return [
      findingOf({
        what: `ivrRecordings.bucket is ${bucket}, and the instance keeps call recordings in ${stored.bucket}.`,
        saw,
        remedy: `Set ivrRecordings: { bucket: '${stored.bucket}', prefix: '${stored.prefix}' } in the settings, and deploy.`,
      }),
    ];
  }
  // A shorter prefix lets in more than is needed, a longer one a part, which may be the part with these recordings.
  if (stored.prefix.startsWith(prefix) || prefix.startsWith(stored.prefix)) return [];
  return [
    findingOf({
      what: `ivrRecordings.prefix is "${prefix}", and the instance's call recordings begin with "${stored.prefix}".`,
      saw,
      remedy: `Set ivrRecordings.prefix: '${stored.prefix}' in the settings, and deploy.`,
    }),
  ];
}

/** A key of AWS's own needs no setting. */
async function keyFindings(
  { kmsKeyArn }: IvrRecordings,
  { keyId }: CallRecordings,
  look: Look,
): Promise<readonly Finding[]> {
  const key = keyId === undefined ? undefined : await keyOf(keyId, look);
  const own = key === undefined || key === 'not found' || key.isOfAws ? undefined : key.arn;
  if (own === kmsKeyArn || key === 'not found') return [];
  return [
    findingOf({
      what: `ivrRecordings.kmsKeyArn is ${kmsKeyArn ?? 'not set'}, and call recordings are encrypted with ${own ?? 'no key of yours'}.`,
      saw: `key ${keyId ?? 'none'}`,
      remedy: `${own === undefined ? 'Leave out ivrRecordings.kmsKeyArn' : `Set ivrRecordings.kmsKeyArn: '${own}'`} in the settings, and deploy.`,
      severity: own === undefined ? 'note' : 'blocker',
    }),
  ];
}

function findingOf({
  saw,
  severity = 'blocker',
  ...texts
}: {
  readonly what: string;
  readonly saw: string;
  readonly remedy: string;
  readonly severity?: Finding['severity'];
}): Finding {
  return {
    severity,
    certainty: 'certain',
    suffers:
      severity === 'note'
        ? 'Nobody: the functions may use a key that they do not need.'
        : 'Callers whose message is recorded so: it cannot be read, and the agent gets a task without it.',
    evidence: [{ api: 'connect:ListInstanceStorageConfigs', saw: `CALL_RECORDINGS: ${saw}` }],
    ...texts,
  };
}
