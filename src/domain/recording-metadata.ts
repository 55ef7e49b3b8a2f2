import { parseVoicemail, type Voicemail } from './voicemail.ts';

/**
 * A voicemail as the S3 user metadata of its recording, so that it can be
 * delivered from the object alone. Contact attributes other than ours are left
 * out: all metadata together may have 2 KB.
 *
 * Source: Amazon S3 user guide, "User-defined object metadata".
 */
export function toRecordingMetadata(voicemail: Voicemail): Record<string, string> {
  const { contactId, instanceArn, calledAtMs, endedAtMs, from, queueArn, language, mode } = voicemail;
  return {
    'contact-id': contactId,
    'instance-arn': instanceArn,
    'called-at': new Date(calledAtMs).toISOString(),
    'ended-at': new Date(endedAtMs).toISOString(),
    language,
    ...(from && { from }),
    ...(queueArn && { 'queue-arn': queueArn }),
    ...(mode && { mode }),
  };
}

/** Throws PermanentError MALFORMED_EVENT if the object is no recording of ours. */
export function fromRecordingMetadata(metadata: Readonly<Record<string, string>>): Voicemail {
  return parseVoicemail({
    contactId: metadata['contact-id'],
    instanceArn: metadata['instance-arn'],
    calledAtMs: Date.parse(metadata['called-at'] ?? ''),
    endedAtMs: Date.parse(metadata['ended-at'] ?? ''),
    language: metadata['language'],
    from: metadata['from'],
    queueArn: metadata['queue-arn'],
    mode: metadata['mode'],
    attributes: {},
  });
}
