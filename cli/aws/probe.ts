import {
  ConnectClient,
  DescribeContactCommand,
  ListContactReferencesCommand,
  StartTaskContactCommand,
  StopContactCommand,
} from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteTranscriptionJobCommand, TranscribeClient } from '@aws-sdk/client-transcribe';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { s3Recordings } from '../../src/adapters/s3-recordings.ts';
import { keysOf } from '../../src/domain/object-keys.ts';
import { BLANK, IS_COMPLETE, toRecordingMetadata } from '../../src/domain/recording-metadata.ts';
import { jobNameOf } from '../../src/domain/transcript.ts';
import type { Voicemail } from '../../src/domain/voicemail.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import type { Asker } from './asker.ts';
import type { DeployedStack } from './deployed-stack.ts';

/** What a test voicemail is made with, followed by, and removed with. Everything throws RefusedError, in words. */
export interface Probe {
  /**
   * A contact that a voicemail can belong to: Amazon Connect makes no task that is related to a contact it does not
   * know. It is a task for tomorrow, which no flow gets to see before it is ended.
   */
  readonly beginContact: (name: string) => Promise<string>;
  /** Puts a recording where `save-recording` puts it, with the same metadata. `pcm`: 8 kHz, 16 bits, mono. */
  readonly keepRecording: (voicemail: Voicemail, pcm: Uint8Array) => Promise<void>;
  /** The id of the queue that a contact is in, or was in. Undefined: in none yet. */
  readonly queueIdOf: (contactId: string) => Promise<string | undefined>;
  /** The link to the recording on a task. Undefined: it has none. */
  readonly linkOf: (taskId: string) => Promise<string | undefined>;
  /** Does nothing if it has ended. */
  readonly endContact: (contactId: string) => Promise<void>;
  /** Removes recording and transcript, in all versions. */
  readonly removeObjects: (voicemail: Voicemail) => Promise<void>;
  /** Does nothing if there is none. */
  readonly removeJob: (contactId: string) => Promise<void>;
  readonly removeEntry: (contactId: string) => Promise<void>;
}

/** Far enough away that the test has ended before, and less than the six days that are allowed. */
const SCHEDULED_IN_MS = 86_400_000;

export function probeOf(
  stack: DeployedStack,
  { instanceId, flowId, now }: { instanceId: string; flowId: string; now: () => number },
  { client, place }: Asker,
): Probe {
  const connect = client(ConnectClient);
  const s3 = client(S3Client);
  return {
    async beginContact(Name) {
      const ScheduledTime = new Date(now() + SCHEDULED_IN_MS);
      const command = new StartTaskContactCommand({
        InstanceId: instanceId,
        ContactFlowId: flowId,
        Name,
        ScheduledTime,
      });
      const { ContactId } = await askAws('connect:StartTaskContact', place, () => connect.send(command));
      if (!ContactId) throw new RefusedError('connect:StartTaskContact answered no contact id');
      return ContactId;
    },
    async keepRecording(voicemail, pcm) {
      const metadata = { ...toRecordingMetadata(voicemail), [IS_COMPLETE]: 'true', [BLANK]: 'false' };
      const { recordingKey: key } = keysOf(voicemail);
      const recording = { key, metadata, pcm: inOnePart(pcm), metadataAtEnd: () => metadata };
      await askAws('s3:PutObject', place, () =>
        s3Recordings(s3, stack.recordingsBucket).keepRecording(recording),
      );
    },
    async queueIdOf(ContactId) {
      const command = new DescribeContactCommand({ InstanceId: instanceId, ContactId });
      const { Contact } = await askAws('connect:DescribeContact', place, () => connect.send(command));
      return Contact?.QueueInfo?.Id;
    },
    async linkOf(ContactId) {
      const command = new ListContactReferencesCommand({
        InstanceId: instanceId,
        ContactId,
        ReferenceTypes: ['URL'],
      });
      const { ReferenceSummaryList = [] } = await askAws('connect:ListContactReferences', place, () =>
        connect.send(command),
      );
      return ReferenceSummaryList.find(({ Url }) => Url?.Name === 'Recording')?.Url?.Value;
    },
    endContact: (ContactId) =>
      unlessGone('connect:StopContact', place, () =>
        connect.send(new StopContactCommand({ InstanceId: instanceId, ContactId })),
      ),
    async removeObjects(voicemail) {
      const { recordingKey, transcriptKey } = keysOf(voicemail);
      await removeVersions(s3, { bucket: stack.recordingsBucket, key: recordingKey, place });
      await removeVersions(s3, { bucket: stack.transcriptsBucket, key: transcriptKey, place });
    },
    removeJob: (contactId) =>
      unlessGone('transcribe:DeleteTranscriptionJob', place, () =>
        client(TranscribeClient).send(
          new DeleteTranscriptionJobCommand({ TranscriptionJobName: jobNameOf(contactId) }),
        ),
      ),
    async removeEntry(contactId) {
      const ledger = DynamoDBDocumentClient.from(client(DynamoDBClient));
      const command = new DeleteCommand({ TableName: stack.ledgerTable, Key: { contactId } });
      await askAws('dynamodb:DeleteItem', place, () => ledger.send(command));
    },
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

async function unlessGone(
  permission: string,
  place: AskedPlace,
  call: () => Promise<unknown>,
): Promise<void> {
  await askAws(permission, place, async () => {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof Error) || !GONE.has(error.name)) throw error;
    }
  });
}

/** All versions of an object, delete markers among them. */
async function removeVersions(
  client: S3Client,
  { bucket: Bucket, key, place }: { bucket: string; key: string; place: AskedPlace },
): Promise<void> {
  const list = new ListObjectVersionsCommand({ Bucket, Prefix: key });
  const { Versions = [], DeleteMarkers = [] } = await askAws('s3:ListBucketVersions', place, () =>
    client.send(list),
  );
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
    if (Key !== key || VersionId === undefined) continue;
    const command = new DeleteObjectCommand({ Bucket, Key, VersionId });
    await askAws('s3:DeleteObjectVersion', place, () => client.send(command));
  }
}
