import { ConnectClient, DescribeContactCommand, GetContactAttributesCommand } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  GetTranscriptionJobCommand,
  ListTranscriptionJobsCommand,
  TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Simulator } from '../../simulator/simulator.ts';

/** A place of the simulator, and all the text that is in it. */
interface Place {
  readonly where: string;
  readonly text: string;
}

/** Where the texts are, in every store of the stack, and what Amazon Connect says of these contacts. */
export async function searchEverything(
  simulator: Simulator,
  texts: readonly string[],
  contactIds: readonly string[],
): Promise<readonly string[]> {
  const { endpoint, credentials } = simulator;
  const settings = { endpoint, credentials, region: 'us-east-1' };
  const places = [
    ...(await objects(new S3Client({ ...settings, forcePathStyle: true }))),
    ...(await items(simulator, new DynamoDBClient(settings))),
    ...(await messages(new SQSClient(settings))),
    ...(await jobs(new TranscribeClient(settings))),
    ...(await contacts(simulator, contactIds, new ConnectClient(settings))),
  ];
  return places
    .filter(({ where, text }) => texts.some((one) => text.includes(one) || where.includes(one)))
    .map(({ where }) => where);
}

async function objects(s3: S3Client): Promise<readonly Place[]> {
  const found: Place[] = [];
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  for (const { Name: Bucket } of Buckets) {
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key, VersionId } of Versions) {
      const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      const body = Buffer.from((await Body?.transformToByteArray()) ?? []).toString('latin1');
      found.push({ where: `s3://${Bucket}/${Key}`, text: JSON.stringify(Metadata) + body });
    }
  }
  return found;
}

async function items({ deployment }: Simulator, dynamodb: DynamoDBClient): Promise<readonly Place[]> {
  const found: Place[] = [];
  for (const { name: TableName } of Object.values(deployment.tables)) {
    const { Items = [] } = await DynamoDBDocumentClient.from(dynamodb).send(new ScanCommand({ TableName }));
    found.push(...Items.map((item) => ({ where: `item ${item['contactId']}`, text: JSON.stringify(item) })));
  }
  return found;
}

/** Work queues and dead letters. */
async function messages(sqs: SQSClient): Promise<readonly Place[]> {
  const found: Place[] = [];
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  for (const QueueUrl of QueueUrls) {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
    const { Messages = [] } = await sqs.send(command);
    found.push(...Messages.map(({ Body = '' }) => ({ where: QueueUrl, text: Body })));
  }
  return found;
}

async function jobs(transcribe: TranscribeClient): Promise<readonly Place[]> {
  const { TranscriptionJobSummaries = [] } = await transcribe.send(new ListTranscriptionJobsCommand({}));
  const found: Place[] = [];
  for (const { TranscriptionJobName } of TranscriptionJobSummaries) {
    const job = await transcribe.send(new GetTranscriptionJobCommand({ TranscriptionJobName }));
    found.push({ where: `job ${TranscriptionJobName}`, text: JSON.stringify(job.TranscriptionJob) });
  }
  return found;
}

async function contacts(
  { connect }: Simulator,
  contactIds: readonly string[],
  client: ConnectClient,
): Promise<readonly Place[]> {
  const InstanceId = connect.world.instanceArn.split('/').at(-1);
  const found: Place[] = [];
  for (const ContactId of contactIds) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId, ContactId }));
    const asked = new GetContactAttributesCommand({ InstanceId, InitialContactId: ContactId });
    const { Attributes } = await client.send(asked);
    found.push(
      { where: `contact ${ContactId}`, text: JSON.stringify(Contact) },
      { where: `attributes of ${ContactId}`, text: JSON.stringify(Attributes) },
    );
  }
  return found;
}
