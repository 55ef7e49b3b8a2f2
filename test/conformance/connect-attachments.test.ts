import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  AttachedFileInvalidRequestExceptionReason,
  ConnectClient,
  GetAttachedFileCommand,
  ListContactReferencesCommand,
  StartTaskContactCommand,
  type TaskAttachment,
} from '@aws-sdk/client-connect';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { BILLING_ARN, FLOW, INSTANCE, INSTANCE_ARN, NOBODY } from './connect-setup.ts';

const RECORDINGS = 'acme-recordings';
const FILES = 'acme-files';
const WAV = 'a voicemail';

/** An instance with attachments, and a bucket with a recording. */
async function instance(t: TestContext, { hasStorage = true } = {}) {
  const world = laptopWorld({
    ivrRecordingsBucket: RECORDINGS,
    ...(hasStorage && { attachmentsBucket: FILES }),
  });
  const simulator = await startSimulator({ world, recognizer: createStandInRecognizer('') });
  t.after(simulator.close);
  const { endpoint, credentials } = simulator;
  const settings = { endpoint, credentials, region: 'us-east-1' };
  const connect = new ConnectClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  t.after(() => [connect, s3].forEach((client) => client.destroy()));
  await s3.send(
    new PutObjectCommand({ Bucket: RECORDINGS, Key: 'vm.wav', Body: WAV, ContentType: 'audio/wav' }),
  );
  return {
    simulator,
    settings,
    connect,
    s3,
    urlOf: (Key: string, signer = s3) =>
      getSignedUrl(signer, new GetObjectCommand({ Bucket: RECORDINGS, Key }), { expiresIn: 60 }),
    start: (Attachments: TaskAttachment[]) =>
      connect.send(
        new StartTaskContactCommand({
          InstanceId: INSTANCE,
          ContactFlowId: FLOW,
          Name: 'Voicemail',
          Attributes: { vmx3_queue_arn: BILLING_ARN },
          Attachments,
        }),
      ),
  };
}

test('a recording is attached to a task, and downloaded from there', async (t) => {
  const { connect, s3, start, urlOf, simulator } = await instance(t);

  const { ContactId } = await start([{ FileName: 'Voicemail.wav', S3Url: await urlOf('vm.wav') }]);

  const { ReferenceSummaryList: [reference] = [] } = await connect.send(
    new ListContactReferencesCommand({ InstanceId: INSTANCE, ContactId, ReferenceTypes: ['ATTACHMENT'] }),
  );
  const { Name, Value = '', Status, Arn = '' } = reference?.Attachment ?? {};
  assert.deepEqual([Name, Status], ['Voicemail.wav', 'APPROVED']);
  assert.ok(Arn.startsWith(`${INSTANCE_ARN}/file/`));
  const FileId = Arn.slice(Arn.lastIndexOf('/') + 1);
  const AssociatedResourceArn = `${INSTANCE_ARN}/contact/${ContactId}`;
  const file = await connect.send(
    new GetAttachedFileCommand({ InstanceId: INSTANCE, FileId, AssociatedResourceArn }),
  );
  assert.partialDeepStrictEqual(file, {
    FileName: 'Voicemail.wav',
    FileSizeInBytes: WAV.length,
    FileStatus: 'APPROVED',
    FileUseCaseType: 'ATTACHMENT',
    AssociatedResourceArn,
  });
  const url = file.DownloadUrlMetadata?.Url ?? '';
  assert.ok(url.length <= 2000, `${url.length} characters`);
  const downloaded = await fetch(url);
  assert.deepEqual([downloaded.headers.get('content-type'), await downloaded.text()], ['audio/wav', WAV]);
  assert.equal((await fetch(url.replace('Voicemail.wav', 'Other.wav'))).status, 403);

  const key = Value.slice(FILES.length + 1);
  assert.ok(simulator.s3.list(FILES, 'connect/acme/Attachments/').includes(key));
  await s3.send(new GetObjectCommand({ Bucket: FILES, Key: key }));
});

test('a file of another contact, an unknown one, and too long a time are refused', async (t) => {
  const { connect, start, urlOf } = await instance(t);
  const S3Url = await urlOf('vm.wav');
  const { ContactId } = await start([{ FileName: 'Voicemail.wav', S3Url }]);
  const get = (FileId: string, more: { contactId?: string | undefined; UrlExpiryInSeconds?: number } = {}) =>
    connect.send(
      new GetAttachedFileCommand({
        InstanceId: INSTANCE,
        FileId,
        AssociatedResourceArn: `${INSTANCE_ARN}/contact/${more.contactId ?? ContactId}`,
        UrlExpiryInSeconds: more.UrlExpiryInSeconds,
      }),
    );

  await assert.rejects(get(NOBODY), { name: 'ResourceNotFoundException' });
  await assert.rejects(get(NOBODY, { contactId: NOBODY }), { name: 'ResourceNotFoundException' });
  await assert.rejects(get(NOBODY, { UrlExpiryInSeconds: 301 }), { name: 'InvalidRequestException' });
});

test('attachments are refused that cannot be read, or are of no allowed type or number', async (t) => {
  const { simulator, settings, start, urlOf } = await instance(t);
  const S3Url = await urlOf('vm.wav');
  const nobody = simulator.addRole({ arn: 'arn:aws:iam::111122223333:role/nobody', statements: [] });
  const stranger = new S3Client({ ...settings, credentials: nobody, forcePathStyle: true });
  const ofStranger = await urlOf('vm.wav', stranger);
  stranger.destroy();
  const invalidRequest = { name: 'InvalidRequestException' };
  const invalidParameter = { name: 'InvalidParameterException' };

  await assert.rejects(start(wav(await urlOf('none.wav'))), invalidRequest);
  await assert.rejects(start(wav('https://example.com/vm.wav')), invalidRequest);
  await assert.rejects(start(wav(S3Url.replace(/\?.*/, ''))), invalidRequest);
  await assert.rejects(start(wav(S3Url, 'vm.exe')), {
    ...invalidRequest,
    Reason: {
      AttachedFileInvalidRequestExceptionReason: AttachedFileInvalidRequestExceptionReason.INVALID_FILE_TYPE,
    },
  });
  await assert.rejects(start(wav(S3Url, `${'x'.repeat(253)}.wav`)), invalidParameter);
  await assert.rejects(start(wav(S3Url.padEnd(2001, 'x'))), invalidParameter);
  await assert.rejects(start(Array.from({ length: 6 }, () => wav(S3Url)).flat()), invalidParameter);
  await assert.rejects(start(wav(ofStranger)), invalidRequest);
  assert.deepEqual(simulator.connect.tasks(), []);
});

test('without storage for attachments there are none', async (t) => {
  const { start, urlOf } = await instance(t, { hasStorage: false });
  const S3Url = await urlOf('vm.wav');

  await assert.rejects(start([{ FileName: 'vm.wav', S3Url }]), { name: 'InvalidRequestException' });
});

const wav = (url: string, FileName = 'Voicemail.wav') => [{ FileName, S3Url: url }];
