import { parseConfig, type VoicemailConfig } from '../../infra/config.ts';
import type { InstanceFacts } from './aws/instance-facts.ts';

/** What only a person can say. */
export interface Answers {
  /** The queue of last resort. */
  readonly fallbackQueueArn: string;
  readonly defaultLanguage: string;
  readonly timeZone: string;
  /** The data stream for contact records, where the instance names none. */
  readonly contactRecordStreamArn: string;
  /** The sender of mails. Absent: no delivery by email. */
  readonly mailFrom?: string;
  readonly alarmEmails: readonly string[];
}

/** What live media streaming is switched on with, where it is off. */
const OWN_PREFIX = 'voicemail';

/** The settings that fit an instance. Throws ConfigError for answers that make none. */
export function proposeSettings(
  { instance, media, contactRecords, callRecordings }: InstanceFacts,
  answers: Answers,
  { hasMediaStreaming }: { readonly hasMediaStreaming: boolean },
): VoicemailConfig {
  const { fallbackQueueArn, defaultLanguage, timeZone, mailFrom, alarmEmails } = answers;
  const stream = contactRecords?.kind === 'stream' ? contactRecords : { arn: answers.contactRecordStreamArn };
  return parseConfig({
    instanceArn: instance.arn,
    instanceAlias: instance.alias,
    contactRecordStreamArn: stream.arn,
    ...('keyArn' in stream && { contactRecordStreamKmsKeyArn: stream.keyArn }),
    ...audioSettings({ media, callRecordings }, hasMediaStreaming),
    fallbackQueueArn,
    defaultLanguage,
    timeZone,
    retentionDays: 30,
    linkDays: 30,
    transcriptDeadlineMinutes: 30,
    minimumSeconds: 1,
    deliverBlank: false,
    ...(mailFrom !== undefined && { email: { from: mailFrom, recording: 'link' } }),
    logRetentionDays: 90,
    ...(alarmEmails.length > 0 && { alarmEmails }),
  });
}

/**
 * Recordings of the automated interaction where the Region has no live media streaming; and where it is off, while
 * call recordings are kept: then nothing has to be switched on. Both can be changed later.
 */
function audioSettings(
  { media, callRecordings }: Pick<InstanceFacts, 'media' | 'callRecordings'>,
  hasMediaStreaming: boolean,
): Pick<VoicemailConfig, 'audioSource' | 'mediaStreams' | 'ivrRecordings'> {
  if (callRecordings && (!hasMediaStreaming || !media)) {
    return { audioSource: 'ivr', ivrRecordings: recordingsSetting(callRecordings) };
  }
  return {
    mediaStreams: {
      prefix: media?.prefix ?? OWN_PREFIX,
      ...(media?.keyArn !== undefined && { kmsKeyArn: media.keyArn }),
    },
  };
}

/** As the setting has it: the prefix ends in a slash, and names one folder and not its neighbors. */
function recordingsSetting({
  bucket,
  prefix,
  keyArn,
}: NonNullable<InstanceFacts['callRecordings']>): NonNullable<VoicemailConfig['ivrRecordings']> {
  return {
    bucket,
    ...(prefix !== '' && { prefix: prefix.endsWith('/') ? prefix : `${prefix}/` }),
    ...(keyArn !== undefined && { kmsKeyArn: keyArn }),
  };
}
