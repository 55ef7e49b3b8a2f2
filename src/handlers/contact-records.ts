import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type {
  Context,
  KinesisStreamBatchResponse,
  KinesisStreamEvent,
  KinesisStreamRecord,
} from 'aws-lambda';
import { PermanentError } from '../domain/errors.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';

export interface ContactRecordsDeps {
  /** Undefined: the record is of some other contact. Throws PermanentError if it is no contact record. */
  readonly findVoicemail: (json: string) => Voicemail | undefined;
  readonly receive: (voicemail: Voicemail) => Promise<'received' | 'known' | 'outdated'>;
  /** Keeps the payload of a record that nothing can be done with. */
  readonly park: (record: { sequenceNumber: string; payload: Uint8Array }) => Promise<void>;
  readonly log: Log;
  readonly meter: Meter;
}

/**
 * Contact records in, voicemails noted and queued.
 *
 * A record that can never be understood is parked with its payload and passed
 * by, because it must not hold up every caller behind it. Any other failure, a
 * permission that was taken away too, would befall the next record as well: it is
 * reported, and Lambda replays the shard from the first one reported. Doing a
 * later record twice does no harm.
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
  try {
    const voicemail = deps.findVoicemail(payload.toString('utf8'));
    if (!voicemail) return;
    const outcome = await deps.receive(voicemail);
    if (outcome === 'received') deps.meter.count('VoicemailsReceived');
    deps.log.info('contact record seen', { contactId: voicemail.contactId, outcome });
  } catch (error) {
    if (!(error instanceof PermanentError) || error.code !== 'MALFORMED_EVENT') {
      deps.meter.count('RecordsRetried');
      deps.log.warn('contact record will be retried', { sequenceNumber, error });
      throw error;
    }
    await deps.park({ sequenceNumber, payload });
    deps.meter.count('MalformedRecords');
    deps.log.error('contact record parked', { sequenceNumber, error });
  }
}
