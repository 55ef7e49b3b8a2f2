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
    mediaStreams: {
      prefix: media?.prefix ?? OWN_PREFIX,
      ...(media?.keyArn !== undefined && { kmsKeyArn: media.keyArn }),
    },
    // Without live media streaming, what flows record is the only way to a message.
    ...(!hasMediaStreaming && callRecordings && { ivrRecordings: recordingsSetting(callRecordings) }),
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
