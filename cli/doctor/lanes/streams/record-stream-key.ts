import type { Check, Finding } from '../../check.ts';
import { type FoundKey, keyOf } from '../../../aws/keys.ts';
import { incomingRecordsOf } from '../../facts/metrics.ts';
import { recordStream } from '../../facts/record-stream.ts';
import type { Look } from '../../look.ts';

const API = 'kinesis:DescribeStreamSummary';

export const recordStreamKey: Check = {
  id: 'record-stream-key-differs',
  lane: 'streams and keys',
  title: 'whether contactRecordStreamKmsKeyArn is the key of the contact record stream',
  async run(look) {
    const stream = await recordStream(look);
    if (stream === undefined) return [];
    const wanted = look.config.contactRecordStreamKmsKeyArn;
    const key = stream.keyId === undefined ? undefined : await keyOf(stream.keyId, look);
    // Another check reports a key that is not there.
    if (key === 'not found') return [];
    if (key === undefined || key.isOfAws) {
      const isSilent = key !== undefined && (await isSilentOn(look));
      return [...(isSilent ? [keyOfAws()] : []), ...(wanted === undefined ? [] : [needless(wanted, key)])];
    }
    return key.arn === wanted ? [] : [anotherKey(wanted, key)];
  },
};

/** Whether nothing was put onto the stream for a day. */
async function isSilentOn(look: Look): Promise<boolean> {
  const { contactRecordStreamArn } = look.config;
  const [, streamName = ''] = contactRecordStreamArn.split(':stream/');
  return (await incomingRecordsOf(streamName, look)) === 0;
}

function anotherKey(wanted: string | undefined, { arn }: FoundKey): Finding {
  return {
    severity: 'blocker',
    certainty: 'certain',
    what: `The contact record stream is encrypted with ${arn}, and contactRecordStreamKmsKeyArn is ${wanted ?? 'not set'}.`,
    suffers: 'Callers: their contact records cannot be decrypted, and no voicemail comes of their message.',
    evidence: [{ api: API, saw: `EncryptionType: KMS, KeyId: ${arn}` }],
    remedy: `Set contactRecordStreamKmsKeyArn: '${arn}' in the settings, and deploy.`,
  };
}

function needless(wanted: string, key: FoundKey | undefined): Finding {
  const used = key ? 'with a key of AWS' : 'with no key';
  return {
    severity: 'note',
    certainty: 'certain',
    what: `contactRecordStreamKmsKeyArn is ${wanted}, and the contact record stream is encrypted ${used}.`,
    suffers: 'Nobody: the functions may use a key that they do not need.',
    evidence: [{ api: API, saw: key ? `KeyId: ${key.arn}` : 'EncryptionType: NONE' }],
    remedy: 'Leave out contactRecordStreamKmsKeyArn in the settings, or encrypt the stream with that key.',
  };
}

/**
 * The guide wanted a key of one's own for contact records in 2023; its newer page about segment streams says that
 * AWS's key works. Source: Amazon Connect administrator guide, "Enable data streaming", "Enable contact analysis
 * segment streams".
 */
function keyOfAws(): Finding {
  return {
    severity: 'warning',
    certainty: 'likely',
    what: 'The contact record stream is encrypted with the key of AWS, alias/aws/kinesis, and nothing came in for a day. The documentation of Amazon Connect of 2023 says that no contact records arrive with that key; a page of 2025 about other data says that they do.',
    suffers: 'Callers, if it is so: they leave a message, and no agent ever hears of it.',
    evidence: [
      { api: API, saw: 'EncryptionType: KMS, a key of AWS' },
      { api: 'cloudwatch:GetMetricStatistics', saw: 'IncomingRecords: 0 in 24 hours' },
    ],
    remedy:
      'Make a call, and run "npx vmx doctor" a quarter of an hour later. If it says the same, encrypt the stream with a key of your own and set contactRecordStreamKmsKeyArn, or switch encryption off.',
  };
}
