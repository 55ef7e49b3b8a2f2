import {
  type ConnectClient,
  DescribeContactCommand,
  ListContactReferencesCommand,
  StartTaskContactCommand,
  StopContactCommand,
} from '@aws-sdk/client-connect';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { DeleteTranscriptionJobCommand, type TranscribeClient } from '@aws-sdk/client-transcribe';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { RetryableError } from '../domain/errors.ts';
import { keysOf } from '../domain/object-keys.ts';
import { BLANK, IS_COMPLETE, toRecordingMetadata } from '../domain/recording-metadata.ts';
import { testIn, testKeyOf, TESTS_FOLDER } from '../domain/test-voicemail.ts';
import { jobNameOf } from '../domain/transcript.ts';
import type { Probe, TestSource } from '../steps/test-ports.ts';
import { s3Recordings } from './s3-recordings.ts';

/** Far enough away that the test has ended before, and less than the six days that are allowed. */
const SCHEDULED_IN_MS = 86_400_000;

/** Makes a call to AWS, and throws what it refuses as its caller wants that. `permission`: `s3:PutObject`. */
export type ProbeCall = <Answer>(permission: string, call: () => Promise<Answer>) => Promise<Answer>;

export interface ProbeParts {
  readonly connect: ConnectClient;
  readonly s3: S3Client;
  readonly transcribe: TranscribeClient;
  readonly dynamodb: DynamoDBClient;
  readonly ledgerTable: string;
  readonly recordingsBucket: string;
  readonly transcriptsBucket: string;
  readonly instanceId: string;
  /** The flow that tasks enter. */
  readonly flowId: string;
  readonly call: ProbeCall;
}

export function testProbe({ connect, s3, transcribe, dynamodb, call, ...stack }: ProbeParts): Probe {
  const { instanceId: InstanceId, flowId: ContactFlowId, recordingsBucket, transcriptsBucket } = stack;
  // The SDK learns from each answer how far this machine's clock is from AWS's.
  const now = () => Date.now() + connect.config.systemClockOffset;
  const remove = (bucket: string, key: string) => removeVersions(s3, { bucket, key, call });
  return {
    now,
    async beginContact(Name) {
      const start = () => {
        const ScheduledTime = new Date(now() + SCHEDULED_IN_MS);
        return connect.send(new StartTaskContactCommand({ InstanceId, ContactFlowId, Name, ScheduledTime }));
      };
      const { ContactId } = await call('connect:StartTaskContact', start);
      if (!ContactId)
        throw new RetryableError('UNAVAILABLE', 'connect:StartTaskContact answered no contact id');
      return ContactId;
    },
    async noteTest(test) {
      const command = new PutObjectCommand({
        Bucket: recordingsBucket,
        Key: testKeyOf(test),
        Body: 'a test',
      });
      await call('s3:PutObject', () => s3.send(command));
    },
    listTests: () =>
      call('s3:ListBucket', async () => {
        const keys: string[] = [];
        const folder = { Bucket: recordingsBucket, Prefix: TESTS_FOLDER };
        for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, folder)) {
          keys.push(...Contents.map(({ Key = '' }) => Key));
        }
        return keys.flatMap((key) => testIn(key) ?? []);
      }),
    forgetTest: (test) => remove(recordingsBucket, testKeyOf(test)),
    async queueIdOf(ContactId) {
      const command = new DescribeContactCommand({ InstanceId, ContactId });
      const { Contact } = await call('connect:DescribeContact', () => connect.send(command));
      return Contact?.QueueInfo?.Id;
    },
    async linkOf(ContactId) {
      const command = new ListContactReferencesCommand({ InstanceId, ContactId, ReferenceTypes: ['URL'] });
      const { ReferenceSummaryList = [] } = await call('connect:ListContactReferences', () =>
        connect.send(command),
      );
      return ReferenceSummaryList.find(({ Url }) => Url?.Name === 'Recording')?.Url?.Value;
    },
    endContact: (ContactId) =>
      call('connect:StopContact', () =>
        unlessGone(connect.send(new StopContactCommand({ InstanceId, ContactId }))),
      ),
    async removeObjects(test) {
      const { recordingKey, transcriptKey } = keysOf(test);
      await remove(recordingsBucket, recordingKey);
      await remove(transcriptsBucket, transcriptKey);
    },
    removeJob: (contactId) =>
      call('transcribe:DeleteTranscriptionJob', () =>
        unlessGone(
          transcribe.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName: jobNameOf(contactId) })),
        ),
      ),
    async removeEntry(contactId) {
      const command = new DeleteCommand({ TableName: stack.ledgerTable, Key: { contactId } });
      await call('dynamodb:DeleteItem', () => DynamoDBDocumentClient.from(dynamodb).send(command));
    },
  };
}

/** Puts a recording where `save-recording` puts it, with the same metadata. */
export function recordingSource({
  s3,
  recordingsBucket,
  call,
}: Pick<ProbeParts, 's3' | 'recordingsBucket' | 'call'>): TestSource {
  return {
    async put(voicemail, pcm) {
      const metadata = { ...toRecordingMetadata(voicemail), [IS_COMPLETE]: 'true', [BLANK]: 'false' };
      const { recordingKey: key } = keysOf(voicemail);
      const recording = { key, metadata, pcm: inOnePart(pcm), metadataAtEnd: () => metadata };
      await call('s3:PutObject', () => s3Recordings(s3, recordingsBucket).keepRecording(recording));
      return 'recording put into the bucket';
    },
    async remove() {},
  };
}

async function* inOnePart(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Amazon Transcribe answers 400 for a job that is not there. Source: API reference, DeleteTranscriptionJob. */
const GONE = new Set([
  'ContactNotFoundException',
  'ResourceNotFoundException',
  'NotFoundException',
  'BadRequestException',
]);

async function unlessGone(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof Error) || !GONE.has(error.name)) throw error;
  }
}

/** All versions of an object, delete markers among them. */
async function removeVersions(
  s3: S3Client,
  { bucket: Bucket, key, call }: { bucket: string; key: string; call: ProbeCall },
): Promise<void> {
  const list = new ListObjectVersionsCommand({ Bucket, Prefix: key });
  const { Versions = [], DeleteMarkers = [] } = await call('s3:ListBucketVersions', () => s3.send(list));
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
    if (Key !== key || VersionId === undefined) continue;
    const command = new DeleteObjectCommand({ Bucket, Key, VersionId });
    await call('s3:DeleteObjectVersion', () => s3.send(command));
  }
}
