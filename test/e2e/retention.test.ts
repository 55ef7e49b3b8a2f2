import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { restoreRecordingCommand } from '../../cli/archive/restore-recording.ts';
import { policiesOf } from '../../cli/deployer-policy/deployer-policy.ts';
import { holdCommand } from '../../cli/holds/hold.ts';
import { runVmx } from '../../cli/run-vmx.ts';
import { redriveCommand } from '../../cli/voicemails/redrive.ts';
import { showCommand } from '../../cli/voicemails/show.ts';
import { parseConfig } from '../../infra/config.ts';
import sample from '../../voicemail.config.ts';
import { CALLER, fileAt, spokenNoise, startLaptop } from './laptop.ts';
import { otherSettings } from './other-settings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Long enough to be archived: 128 KB, at 16 KB a second. */
const SECONDS = 10;

const config = parseConfig({
  ...sample,
  retention: {
    recordings: { archiveAfterDays: 40, archiveTo: 'flexible', deleteAfterDays: 400 },
    transcripts: { deleteAfterDays: 30 },
  },
  linkDays: 400,
});

const { simulator, taskOf, settled, tasksOf } = await startLaptop(otherSettings(config));
const { endpoint, deployment, s3, clock } = simulator;
const statements = (await policiesOf('operate', sample)).flatMap(({ Statement }) => Statement);
const operator = simulator.addRole({ arn: 'arn:aws:iam::111122223333:role/Operator', statements });
process.env['AWS_ENDPOINT_URL'] = endpoint;
process.env['AWS_ACCESS_KEY_ID'] = operator.accessKeyId;
process.env['AWS_SECRET_ACCESS_KEY'] = operator.secretAccessKey;
process.env['AWS_SESSION_TOKEN'] = operator.sessionToken ?? '';

const bucketOf = (part: string) => deployment.physicalId(deployment.idOf('AWS::S3::Bucket', part));
const keysIn = (part: string, contactId: string, folder: string) =>
  s3.list(bucketOf(part), folder).filter((key) => key.includes(contactId));
/** As if the machine had slept: what was due meanwhile happens once. */
const pass = (ms: number) => clock.leapTo(clock.now() + ms);

async function vmx(...args: readonly string[]) {
  const commands = [holdCommand, restoreRecordingCommand, redriveCommand, showCommand].map((command) =>
    command(() => Promise.resolve()),
  );
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  const code = await runVmx(commands, args, { out: say, err: say });
  return { code, said: lines.join('\n') };
}

async function delivered() {
  const audio = spokenNoise(SECONDS);
  const { contactId } = simulator.connect.placeCall({ from: CALLER, audio });
  const task = await taskOf(contactId);
  await settled(contactId);
  return { contactId, link: task.references['Recording']?.value ?? '' };
}

/** What the agent's guide has in the place of the player. */
async function playerOf(contactId: string): Promise<string> {
  const { lambda } = simulator;
  const arn = deployment.functions[deployment.idOf('AWS::Lambda::Function', 'show-voicemail')]?.arn ?? '';
  const ContactData = { Channel: 'CHAT', InstanceARN: config.instanceArn, Attributes: {} };
  const Details = { ContactData, Parameters: { contact_id: contactId } };
  const event = JSON.stringify({ Name: 'ContactFlowEvent', Details });
  const { payload } = await lambda.invoke(arn, event);
  return z.object({ player: z.string() }).parse(JSON.parse(payload)).player;
}

async function pageAt(link: string) {
  const answer = await fetch(link, { redirect: 'manual' });
  return { status: answer.status, text: await answer.text() };
}

test('an archived recording says so everywhere, and plays again when it is restored', async () => {
  const { contactId, link } = await delivered();
  pass(39 * DAY_MS);
  assert.ok((await fileAt(link)).length > 128 * 1024);

  pass(2 * DAY_MS);

  const archived = await pageAt(link);
  assert.equal(archived.status, 409);
  assert.match(archived.text, /This recording is archived.*Ask an administrator/);
  assert.doesNotMatch(archived.text, /<Error>|InvalidObjectState/);
  assert.match(
    (await vmx('show', contactId)).said,
    /recording +recordings\/.*\(archived: vmx restore-recording\)/,
  );
  assert.match(await playerOf(contactId), /^The recording is archived\. Ask an administrator/);

  const asked = await vmx('restore-recording', contactId, '--days', '3');
  assert.deepEqual(asked, {
    code: 0,
    said: `${contactId}: the recording is being restored, which takes 3 to 5 hours; then it is there for 3 days`,
  });
  assert.match((await vmx('restore-recording', contactId)).said, /somebody has asked for it before/);
  assert.match((await pageAt(link)).text, /This recording is being restored/);

  pass(5 * HOUR_MS);
  assert.ok((await fileAt(link)).length > 128 * 1024);
  assert.match((await vmx('restore-recording', contactId)).said, /is restored, and stays for 7 days/);

  pass(9 * DAY_MS);
  assert.equal((await pageAt(link)).status, 409);
  assert.equal(tasksOf(contactId).length, 1);
});

test('a transcript that is kept for less goes first, and the link works on', async () => {
  const { contactId, link } = await delivered();
  pass(31 * DAY_MS);

  assert.deepEqual(keysIn('transcripts', contactId, 'transcripts/'), []);
  assert.ok((await fileAt(link)).length > 128 * 1024);
  pass(370 * DAY_MS);
  assert.deepEqual(keysIn('recordings', contactId, 'recordings/'), []);
  assert.equal((await pageAt(link)).status, 410);
});

test('a hold holds against every rule, and what is archived already is restored and then held', async () => {
  const [early, late] = [await delivered(), await delivered()];
  assert.equal((await vmx('hold', early.contactId)).code, 0);

  pass(41 * DAY_MS);
  const first = await vmx('hold', late.contactId);
  assert.equal(first.code, 1);
  assert.match(
    first.said,
    /: held; there is no transcript to copy: .*; its recording is archived, and being restored, which takes 3 to 5 hours: hold it again then/,
  );
  assert.match((await vmx('redrive', late.contactId)).said, /nothing to do, it was delivered/);
  pass(5 * HOUR_MS);
  assert.match((await vmx('hold', late.contactId)).said, /: held, since .*; there is no transcript to copy/);

  pass(400 * DAY_MS);
  for (const { contactId } of [early, late]) {
    assert.deepEqual(keysIn('recordings', contactId, 'recordings/'), []);
    assert.equal(keysIn('recordings', contactId, 'held/').length, 1);
  }
  assert.equal(keysIn('transcripts', early.contactId, 'held/').length, 1);
  const copy = await s3.get(bucketOf('recordings'), keysIn('recordings', late.contactId, 'held/')[0] ?? '');
  assert.ok(copy.sizeBytes > 128 * 1024);
});

test('what cannot be restored is said before AWS is asked, or in words', async () => {
  const { contactId } = await delivered();

  assert.equal((await vmx('restore-recording')).code, 2);
  assert.match(
    (await vmx('restore-recording', contactId, '--days', '0')).said,
    /--days got "0"; allowed: .*1 to 365/,
  );
  assert.match((await vmx('restore-recording', contactId, '--tier', 'fast')).said, /allowed: standard, bulk/);
  assert.match((await vmx('restore-recording', contactId)).said, /need not be restored: it can be played/);
  const nobody = await vmx('restore-recording', 'c0ffee00-0000-4000-8000-000000000bad');
  assert.equal(nobody.code, 1);
  assert.match(nobody.said, /nothing is known of it/);
});
