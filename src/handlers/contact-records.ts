import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type {
  Context,
  KinesisStreamBatchResponse,
  KinesisStreamEvent,
  KinesisStreamRecord,
} from 'aws-lambda';
import { contactIdInRecord, type Finding } from '../domain/contact-record.ts';
import { PermanentError } from '../domain/errors.ts';
import type { PassedOver } from '../domain/flagged-contact.ts';
import type { TaskEnd } from '../domain/task-end.ts';
import { testPartitionKey } from '../domain/test-voicemail.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { ReceivedVoicemail } from '../steps/receive-voicemail.ts';

export interface ContactRecordsDeps {
  /** Throws PermanentError if it is not a contact record. */
  readonly readContactRecord: (json: string) => Finding;
  readonly receive: (
    voicemail: ReceivedVoicemail,
  ) => Promise<'received' | 'known' | 'outdated' | 'of-another-contact'>;
  /** Tells the function that delivers. */
  readonly tellTaskEnd: (end: TaskEnd) => Promise<void>;
  /** Keeps the payload of a record that cannot be processed. */
  readonly park: (record: { sequenceNumber: string; payload: Uint8Array }) => Promise<void>;
  readonly log: Log;
  readonly meter: Meter;
}

/**
 * Contact records in, voicemails noted and queued, and ends of tasks passed on.
 *
 * A record that can never be read is parked with its payload and skipped, because it must not block the
 * records after it. Any other failure, also a missing permission, would happen to the next record too: it is
 * reported, and Lambda replays the shard from the first reported record. Processing a later record twice is
 * harmless.
 */
export function contactRecordsHandler(deps: ContactRecordsDeps) {
  const processor = new BatchProcessor(EventType.KinesisDataStreams);
  const one = (record: KinesisStreamRecord) => receiveRecord(record, deps);

  return async (event: KinesisStreamEvent, context: Context): Promise<KinesisStreamBatchResponse> => {
    const options = { context, processInParallel: false, throwOnFullBatchFailure: false };
    const response = await processPartialResponse(event, one, processor, options);
    deps.meter.flush();
    return response;
  };
}

async function receiveRecord({ kinesis }: KinesisStreamRecord, deps: ContactRecordsDeps): Promise<void> {
  const { sequenceNumber } = kinesis;
  const payload = Buffer.from(kinesis.data, 'base64');
  const json = payload.toString('utf8');
  try {
    const finding = deps.readContactRecord(json);
    if (!finding) {
      deps.log.debug('contact record is of no voicemail', { sequenceNumber });
      return;
    }
    if (finding.kind === 'passed-over') return passOver(finding, deps);
    if (finding.kind === 'task-ended') return await passTaskEndOn(finding.end, deps);
    const { contactId } = finding.voicemail;
    const isTest = kinesis.partitionKey === testPartitionKey(contactId);
    const outcome = await deps.receive(isTest ? markedAsTest(finding) : finding);
    if (outcome === 'of-another-contact') {
      return passOver({ contactId, reason: 'MESSAGE_OF_ANOTHER_CONTACT' }, deps);
    }
    if (outcome === 'received' && !isTest) deps.meter.count('VoicemailsReceived');
    deps.log.info('contact record seen', { contactId, outcome });
  } catch (error) {
    const about = { contactId: contactIdInRecord(json), sequenceNumber };
    if (!(error instanceof PermanentError) || error.code !== 'MALFORMED_EVENT') {
      deps.meter.count('RecordsRetried');
      deps.log.warn('contact record will be retried', { ...about, error });
      throw error;
    }
    await deps.park({ sequenceNumber, payload }).catch((parkError: unknown) => {
      deps.log.error('contact record could not be parked', { ...about, error: parkError });
      throw parkError;
    });
    deps.meter.count('MalformedRecords');
    deps.log.error('contact record parked', { ...about, error });
  }
}

function markedAsTest({ voicemail, mayBeOf }: ReceivedVoicemail): ReceivedVoicemail {
  return { voicemail: { ...voicemail, isTest: true }, mayBeOf };
}

async function passTaskEndOn(end: TaskEnd, { tellTaskEnd, log }: ContactRecordsDeps): Promise<void> {
  await tellTaskEnd(end);
  log.info('end of a task passed on', { contactId: end.contactId });
}

/** A wrong decision is only visible in this count and this log line. */
function passOver(
  {
    contactId,
    reason,
    initiationMethod,
  }: { contactId: string; reason: PassedOver; initiationMethod?: string },
  { log, meter }: ContactRecordsDeps,
): void {
  meter.count('FlaggedContactsPassedOver');
  log.info('flagged contact passed over', { contactId, reason, initiationMethod });
}
