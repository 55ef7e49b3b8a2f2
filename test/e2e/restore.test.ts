import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient, RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Command } from '../../cli/command.ts';
import { holdCommand, releaseHoldCommand } from '../../cli/holds/hold.ts';
import { restoreCommand } from '../../cli/restore/restore.ts';
import { inTerminalOf } from '../deploy/in-terminal.ts';
import { ledgerEntry } from './ledger-entry.ts';
import { CALLER, spokenNoise, startLaptop } from './laptop.ts';

const { simulator, happenings, settled, tasksOf, until } = await startLaptop({ keepTableWrites: true });
const { clock, connect, deployment, endpoint, credentials, kinesis, ses } = simulator;
const place = { endpoint, credentials, region: 'us-east-1' };
const s3 = new S3Client({ ...place, forcePathStyle: true });
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(place));
const { RecordingsBucket, TranscriptsBucket, LedgerTable } = deployment.outputs;
const HOUR_MS = 3_600_000;
const noWait = () => Promise.resolve();

async function leaveMessage(vmx3_mode: 'task' | 'email'): Promise<string> {
  const attributes = { vmx3_mode, email_to: 'billing@example.com' };
  const { contactId } = connect.placeCall({ from: CALLER, audio: spokenNoise(2), attributes });
  await settled(contactId);
  return contactId;
}

function deliveriesOf(contactId: string) {
  const mails = ses.mails().filter(({ headers }) => headers['X-Contact-Id'] === contactId);
  return { tasks: tasksOf(contactId).length, mails: mails.length };
}

/** The keys of the recording and the transcript of a voicemail, by bucket. */
function objectsOf(contactId: string): readonly { Bucket: string | undefined; Key: string }[] {
  return [RecordingsBucket, TranscriptsBucket].flatMap((Bucket) =>
    simulator.s3.list(Bucket ?? '').flatMap((Key) => (Key.includes(contactId) ? [{ Bucket, Key }] : [])),
  );
}

test('recordings and transcripts that were deleted come back without another delivery', async () => {
  const [byTask, byMail] = [await leaveMessage('task'), await leaveMessage('email')];
  const before = [deliveriesOf(byTask), deliveriesOf(byMail)];
  const objects = [...objectsOf(byTask), ...objectsOf(byMail)];
  assert.ok(objects.length >= 4);

  const markers = [];
  for (const object of objects) {
    const { VersionId } = await s3.send(new DeleteObjectCommand(object));
    markers.push({ ...object, VersionId });
  }
  assert.deepEqual([...objectsOf(byTask), ...objectsOf(byMail)], []);
  const eventsBefore = createdObjects();
  for (const marker of markers) await s3.send(new DeleteObjectCommand(marker));
  await clock.sleep(HOUR_MS);

  assert.deepEqual([...objectsOf(byTask), ...objectsOf(byMail)], objects);
  assert.equal(createdObjects(), eventsBefore);
  assert.deepEqual([deliveriesOf(byTask), deliveriesOf(byMail)], before);
});

test('what was overwritten comes back as a copy of the former version: S3 reports it, and nothing is delivered again', async () => {
  const contactIds = [await leaveMessage('task'), await leaveMessage('email')];
  const before = contactIds.map(deliveriesOf);
  const eventsBefore = createdObjects();
  const objects = contactIds.flatMap(objectsOf);
  for (const object of objects) await overwriteAndBringBack(object);
  await clock.sleep(HOUR_MS);

  assert.equal(createdObjects(), eventsBefore + 2 * objects.length);
  assert.deepEqual(contactIds.map(deliveriesOf), before);
});

test('entries of the ledger that were lost come back by vmx restore, and nothing is delivered twice', async (t) => {
  inTerminalOf(t, simulator);
  const contactIds = [await leaveMessage('task'), await leaveMessage('email')];
  const before = contactIds.map(deliveriesOf);
  // Cleaning up is the last write, after the flag was reset.
  await clock.sleep(60_000);
  const beforeTheLoss = new Date(clock.now());
  await clock.sleep(1000);
  const newer = await leaveMessage('task');
  const entries = await Promise.all(contactIds.map((contactId) => ledgerEntry(simulator, contactId)));
  const [kept, ...lost] = [...contactIds];
  for (const contactId of lost) await forget(contactId);
  await dynamodb.send(
    new PutCommand({ TableName: LedgerTable, Item: { ...entries[0], recipientName: 'changed since' } }),
  );

  await restoredTable('restored', beforeTheLoss);
  assert.match(await restore('restored'), /would bring back 1 entry\.[^]*Nothing was changed/);
  assert.deepEqual(await ledgerEntry(simulator, lost[0] ?? ''), {});
  assert.match(await restore('restored', '--yes'), /brought back 1 entry\./);

  assert.deepEqual(await ledgerEntry(simulator, lost[0] ?? ''), entries[1]);
  assert.equal((await ledgerEntry(simulator, kept ?? ''))['recipientName'], 'changed since');
  assert.equal((await ledgerEntry(simulator, newer))['state'], 'delivered');
  for (const contactId of contactIds) replayRecords(contactId);
  for (const object of contactIds.flatMap(objectsOf)) await overwriteAndBringBack(object);
  await until('the records to be seen again', () =>
    contactIds.every((contactId) =>
      happenings.some(
        (one) => one.kind === 'log' && one.line.includes(contactId) && one.line.includes('"outcome":"known"'),
      ),
    ),
  );
  await clock.sleep(HOUR_MS);
  assert.deepEqual(contactIds.map(deliveriesOf), before);
});

test('voicemails that were on their way are named, and only brought back if that is said', async (t) => {
  inTerminalOf(t, simulator);
  const contactId = await leaveMessage('task');
  const entry = await ledgerEntry(simulator, contactId);
  await restoredTable('earlier', new Date(clock.now()));
  const open = { ...entry, state: 'transcribing', open: '1', dueAtMs: 4_000_000_000_000 };
  await dynamodb.send(new PutCommand({ TableName: 'earlier', Item: open }));
  await dynamodb.send(
    new PutCommand({ TableName: 'earlier', Item: { ...entry, contactId: 'old', expiresAt: 1 } }),
  );
  await forget(contactId);

  const told = await restore('earlier', '--yes');
  assert.match(told, /brought back 0 entries\.\n.* 1 past their age\n {2}1 voicemail on the way/);
  assert.ok(told.includes(contactId));
  assert.deepEqual(await ledgerEntry(simulator, contactId), {});
  assert.match(await restore('earlier', '--yes', '--with-open'), /brought back 1 entry/);
  assert.equal((await ledgerEntry(simulator, contactId))['state'], 'transcribing');
  await assert.rejects(restore('nowhere'), /there is no table nowhere/);
  await assert.rejects(restore(LedgerTable ?? ''), /is the ledger itself/);
});

test('an entry that was held comes back held from the restored table, and its hold can be ended', async (t) => {
  inTerminalOf(t, simulator);
  const contactId = await leaveMessage('task');
  assert.match(await run(holdCommand(noWait), contactId), /: held$/);
  const held = await ledgerEntry(simulator, contactId);
  await clock.sleep(1000);
  const beforeTheLoss = new Date(clock.now());
  await clock.sleep(1000);
  // What has ended since is held again: nobody is to lose what a court may ask for.
  assert.match(await run(releaseHoldCommand(noWait), contactId), /released/);
  await forget(contactId);

  await restoredTable('held-then', beforeTheLoss);
  assert.match(
    await restore('held-then'),
    /would bring back 1 entry\.\n.*\n {2}1 of them held: as at that time/,
  );
  assert.match(await restore('held-then', '--yes'), /brought back 1 entry\.\n.*\n {2}1 of them held/);

  assert.deepEqual(await ledgerEntry(simulator, contactId), held);
  assert.match(await run(releaseHoldCommand(noWait), contactId), /released: the retention counts again/);
  const released = await ledgerEntry(simulator, contactId);
  assert.deepEqual([released['heldUntil'], released['expiresAt']], [undefined, held['keptExpiresAt']]);
});

/** As docs/restore.md says. */
async function overwriteAndBringBack(object: { Bucket: string | undefined; Key: string }): Promise<void> {
  const { VersionId, ETag } = await s3.send(new HeadObjectCommand(object));
  await s3.send(new PutObjectCommand({ ...object, Body: 'nonsense' }));
  await clock.sleep(60_000);
  const CopySource = `${object.Bucket}/${object.Key}?versionId=${VersionId}`;
  await s3.send(new CopyObjectCommand({ ...object, CopySource }));
  assert.equal((await s3.send(new HeadObjectCommand(object))).ETag, ETag);
}

/** DynamoDB's window ends five minutes before now. */
const BEHIND_MS = 6 * 60_000;

/** As docs/restore.md says: another table, with what the ledger had then. */
async function restoredTable(TargetTableName: string, RestoreDateTime: Date): Promise<void> {
  await clock.sleep(BEHIND_MS);
  const SourceTableName = LedgerTable;
  await dynamodb.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName, TargetTableName, RestoreDateTime }),
  );
}

async function forget(contactId: string): Promise<void> {
  await dynamodb.send(new DeleteCommand({ TableName: LedgerTable, Key: { contactId } }));
}

function restore(...args: readonly string[]): Promise<string> {
  return run(restoreCommand, ...args);
}

async function run(command: Command, ...args: readonly string[]): Promise<string> {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  await command.run([...args, '--endpoint', endpoint], { out: say, err: say });
  return said.join('\n');
}

function replayRecords(contactId: string): void {
  const { contactRecordStreamArn: stream } = connect.world;
  const records = kinesis.shards(stream).flatMap((shard) => kinesis.read(stream, shard, undefined, 10_000));
  for (const { data } of records) {
    const text = Buffer.from(data).toString();
    if (text.includes(`"ContactId":"${contactId}"`)) kinesis.put(stream, data, contactId);
  }
}

/** How often S3 has reported a new object. */
function createdObjects(): number {
  return happenings.filter(({ kind }) => kind === 'object-created').length;
}
