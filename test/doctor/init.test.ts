import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ConnectClient, ListInstanceStorageConfigsCommand } from '@aws-sdk/client-connect';
import { createAsker } from '../../cli/aws/asker.ts';
import { parseInitOptions } from '../../cli/init/init-options.ts';
import type { Prompter } from '../../cli/prompter.ts';
import { runInit } from '../../cli/init/run-init.ts';
import type { VoicemailConfig } from '../../infra/config.ts';
import type { AccountOptions } from '../../simulator/options.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { laptopWorld } from '../../simulator/services/connect/sample-world.ts';
import { AwsError } from '../../simulator/service.ts';
import { type SimulatedAccount, startSimulator } from '../../simulator/simulator.ts';

const PROJECT = join(import.meta.dirname, '../..');
const DAY_HOURS = 24;

/** A person at the terminal, in front of an account. */
async function administrator(t: TestContext, options: Partial<AccountOptions> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'init-'));
  t.after(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(PROJECT, 'infra'), join(root, 'infra'));
  const simulator = await startSimulator({
    world: laptopWorld(),
    recognizer: createStandInRecognizer(''),
    ...options,
  });
  t.after(simulator.close);
  const { endpoint, credentials, account } = simulator;
  const said: string[] = [];
  let versions = 0;

  /** `typed`: what is typed at the questions, one after the other. Absent: nobody is there, and `--yes` was said. */
  async function init(args: readonly string[], typed?: readonly string[]): Promise<number> {
    const asker = createAsker(
      { region: account.region, endpoint, credentials },
      { wait: (ms) => wait(ms), clock: () => performance.now() },
    );
    const terminal = {
      out: (line: string) => void said.push(line),
      err: (line: string) => void said.push(line),
    };
    return await runInit(parseInitOptions(args), {
      terminal,
      prompter: typed && person(typed, said),
      root,
      asker,
    });
  }

  const fileOf = (name: string) => join(root, 'deployments', `${name}.config.ts`);
  return {
    simulator,
    init,
    heard: () => said.join('\n'),
    fileOf,
    settings: async (name = 'acme'): Promise<VoicemailConfig> => {
      versions += 1;
      return (await import(`${pathToFileURL(fileOf(name)).href}?${versions}`)).default;
    },
  };
}

function person(typed: readonly string[], said: string[]): Prompter {
  const left = [...typed];
  return {
    say: (text) => void said.push(text),
    async read(question) {
      said.push(question);
      const next = left.shift();
      assert.ok(next !== undefined, `nothing is typed at "${question}"`);
      return next;
    },
  };
}

test('settings that fit the instance are written without a question', async (t) => {
  const { init, settings, heard, simulator } = await administrator(t);
  const { instanceArn, contactRecordStreamArn } = simulator.connect.world;

  assert.equal(await init(['--yes', '--time-zone', 'Europe/Berlin']), 0);

  const written = await settings();
  assert.partialDeepStrictEqual(written, {
    instanceArn,
    contactRecordStreamArn,
    instanceAlias: 'acme',
    mediaStreams: { prefix: 'vm' },
    fallbackQueueArn: `${instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b001`,
    timeZone: 'Europe/Berlin',
    defaultLanguage: 'en-US',
  });
  assert.equal(written.email, undefined);
  assert.match(heard(), /Account 111122223333, Region us-east-1, as user\/administrator\./);
  assert.match(heard(), /Wrote deployments\/acme\.config\.ts\./);
  assert.match(heard(), /npx vmx doctor --deployment acme/);
});

test('a person answers what cannot be read, and a wrong answer is asked for again', async (t) => {
  const { init, settings, heard } = await administrator(t);

  await init(
    [],
    [
      '2',
      'the voicemail desk',
      'Voicemail <voicemail@example.com>',
      'Spanish',
      'es-US',
      'EST',
      'America/Chicago',
      'ops@example.com, it',
      'ops@example.com, it@example.com',
    ],
  );

  assert.partialDeepStrictEqual(await settings(), {
    defaultLanguage: 'es-US',
    timeZone: 'America/Chicago',
    email: { from: 'Voicemail <voicemail@example.com>', recording: 'link' },
    alarmEmails: ['ops@example.com', 'it@example.com'],
  });
  assert.match((await settings()).fallbackQueueArn, /b002$/);
  assert.match(heard(), /Verified in Amazon SES: example\.com/);
  assert.match(heard(), /email\.from: got "the voicemail desk"; allowed/);
  assert.match(heard(), /defaultLanguage: got "Spanish"; allowed/);
  assert.match(heard(), /"EST" is no time zone/);
  assert.match(heard(), /alarmEmails: got "it"; allowed/);
});

test('settings that cannot be written are refused with the file and the reason', async (t) => {
  const { init, fileOf } = await administrator(t);
  writeFileSync(dirname(fileOf('acme')), 'no folder');

  await assert.rejects(init(['--yes']), {
    name: 'RefusedError',
    message: /^deployments\/acme\.config\.ts cannot be written: E/,
  });
});

test('a deployment has a name that stays in its folder and is one argument of a command', () => {
  for (const name of ['../voicemail', 'a/b', '/tmp/acme', 'a b', '', '.', '..', "x';y", 'a'.repeat(61)]) {
    assert.throws(() => parseInitOptions(['--deployment', name]), { name: 'UsageError' }, name);
  }
  for (const name of ['acme', 'Acme-2.eu_west', '7']) {
    assert.equal(parseInitOptions(['--deployment', name]).deployment, name);
  }
});

test('an answer that makes no settings is refused with the name of the setting, and nothing is written', async (t) => {
  const { init, fileOf } = await administrator(t);

  await assert.rejects(init(['--yes', '--language', 'english']), /defaultLanguage: got "english"/);
  await assert.rejects(
    init(['--yes', '--queue', 'Sales']),
    /no queue of acme is called so\. There are: Billing, Support/,
  );
  assert.ok(!existsSync(fileOf('acme')));
});

test('settings that are there are not replaced unless that is said', async (t) => {
  const { init, settings, fileOf } = await administrator(t);
  await init(['--yes']);
  writeFileSync(
    fileOf('acme'),
    readFileSync(fileOf('acme'), 'utf8').replace('retentionDays: 30', 'retentionDays: 60'),
  );

  await assert.rejects(
    init(['--yes']),
    /deployments\/acme\.config\.ts is there already: edit it, .* --force/,
  );
  assert.equal((await settings()).retentionDays, 60);
  await init(['--yes', '--force']);
  assert.equal((await settings()).retentionDays, 30);
});

test('of several instances one must be named, by alias, id or ARN', async (t) => {
  const west = 'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000bbbb';
  const { init, settings } = await administrator(t, {
    world: laptopWorld({ otherInstances: [{ arn: west, alias: 'acme-west' }] }),
  });

  await assert.rejects(init(['--yes']), /several instances: say --instance with one of acme, acme-west/);
  await assert.rejects(
    init(['--yes', '--instance', 'globex']),
    /account 111122223333 has acme, acme-west in us-east-1/,
  );
  assert.equal(await init(['--yes', '--instance', 'acme']), 0);
  assert.match((await settings()).instanceArn, /aaaa$/);
});

test('an instance that is not active is refused', async (t) => {
  const { init } = await administrator(t, { world: laptopWorld({ status: 'CREATION_IN_PROGRESS' }) });

  await assert.rejects(init(['--yes']), /the instance acme is CREATION_IN_PROGRESS and not ACTIVE/);
});

test('where calls are recorded and not streamed, messages are recorded so', async (t) => {
  const recorded = { hasMediaStreaming: false, ivrRecordingsBucket: 'acme-recordings' };
  const { init, settings, heard } = await administrator(t, { world: laptopWorld(recorded) });

  await init(['--yes']);

  const { audioSource, mediaStreams, ivrRecordings } = await settings();
  assert.deepEqual(
    { audioSource, mediaStreams, ivrRecordings },
    {
      audioSource: 'ivr',
      mediaStreams: undefined,
      ivrRecordings: { bucket: 'acme-recordings', prefix: 'connect/acme/CallRecordings/' },
    },
  );
  assert.doesNotMatch(heard(), /Live media streaming is off/);
});

test('what the instance lacks is said, and switched on only if that is wanted', async (t) => {
  const world = laptopWorld({ hasMediaStreaming: false, contactRecordsElsewhere: 'off' });
  const { init, settings, heard, simulator, fileOf } = await administrator(t, { world });

  await init(['--yes', '--deployment', 'globex']);

  assert.equal((await settings('globex')).mediaStreams?.prefix, 'voicemail');
  assert.match(heard(), /Still to do:\n {2}- Live media streaming is off/);
  assert.match(
    heard(),
    /- Contact records are sent nowhere: .*"npx vmx init --deployment globex --fix" does it\./,
  );
  const edited = readFileSync(fileOf('globex'), 'utf8').replace("prefix: 'voicemail'", "prefix: 'vm2'");
  writeFileSync(fileOf('globex'), edited);

  // Yes to live media streaming, no to the rest.
  await init(['--deployment', 'globex', '--fix'], ['y', 'n', '']);

  assert.equal(readFileSync(fileOf('globex'), 'utf8'), edited);
  assert.match(heard(), /deployments\/globex\.config\.ts stays as it is\./);
  assert.match(heard(), /Switch it on: prefix "vm2", 24 hours of retention/);
  const { media, contactRecords } = await stored(simulator);
  assert.deepEqual(media, { Prefix: 'vm2-connect-acme-contact-', RetentionPeriodHours: DAY_HOURS });
  assert.equal(contactRecords, undefined);
});

test('a stream for contact records is made where there is none, and they are sent there', async (t) => {
  const { init, settings, simulator } = await administrator(t, {
    world: laptopWorld({
      contactRecordsElsewhere: 'off',
      contactRecordStreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/clicks',
    }),
  });

  await init(['--yes', '--fix']);

  const { contactRecordStreamArn } = await settings();
  assert.match(contactRecordStreamArn, /:stream\/acme-contact-records$/);
  assert.equal((await stored(simulator)).contactRecords, contactRecordStreamArn);
  assert.equal(simulator.kinesis.shards(contactRecordStreamArn).length, 1);
});

test('audio that is kept for less than a day is kept for a day, with everything else as it was', async (t) => {
  const { init, simulator, heard } = await administrator(t, {
    world: laptopWorld({ mediaRetentionHours: 0 }),
  });

  await init(['--yes', '--fix']);

  assert.match(heard(), /Video streams keep audio for five minutes/);
  const { media } = await stored(simulator);
  assert.deepEqual(media, { Prefix: 'vm-connect-acme-contact-', RetentionPeriodHours: DAY_HOURS });
});

test('contact records that go to Firehose are left alone, and the person learns what to do', async (t) => {
  const firehoseArn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/lake';
  const { init, heard, simulator } = await administrator(t, {
    world: laptopWorld({ contactRecordsElsewhere: { firehoseArn } }),
  });

  await init(['--yes', '--fix']);

  assert.match(
    heard(),
    /go to Firehose \(.*lake\), which cannot be read\. Have them sent to .*acme-ctr: .* Data streaming\./,
  );
  assert.equal((await stored(simulator)).contactRecords, undefined);
});

test('an instance that is gone, or sends contact records to a stream that is gone, is no crash', async (t) => {
  const { init, settings } = await administrator(t, {
    interfere: ({ operation }) => (operation === 'DescribeStreamSummary' ? gone('stream') : undefined),
  });

  assert.equal(await init(['--yes']), 0);
  assert.match((await settings()).contactRecordStreamArn, /acme-ctr$/);

  const other = await administrator(t, {
    interfere: ({ operation }) => (operation === 'ListQueues' ? gone('instance') : undefined),
  });
  await assert.rejects(other.init(['--yes']), {
    name: 'RefusedError',
    message: /answered connect:ListQueues with 404 ResourceNotFoundException: instance not found/,
  });
});

test('what may not be read is named, and the rest is written', async (t) => {
  const { init, heard, settings } = await administrator(t, {
    interfere: ({ operation }) => (operation === 'ListEmailIdentities' ? denied() : undefined),
  });

  assert.equal(await init(['--yes']), 0);
  assert.match(heard(), /Not read, and left as it is: ses:ListEmailIdentities is not allowed\./);
  assert.equal((await settings()).instanceAlias, 'acme');
});

test('instances that may not be listed end it, with the permission that is missing', async (t) => {
  const { init } = await administrator(t, {
    interfere: ({ operation }) => (operation === 'ListInstances' ? denied() : undefined),
  });

  await assert.rejects(init(['--yes']), {
    name: 'RefusedError',
    message: 'the instances cannot be listed: connect:ListInstances is not allowed',
  });
});

function gone(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', 404, `${what} not found`);
}

function denied(): AwsError {
  return new AwsError('AccessDeniedException', 403, 'not authorized');
}

/** Where the instance keeps live media and sends contact records, as Amazon Connect says. */
async function stored({ endpoint, credentials, connect }: SimulatedAccount) {
  const client = new ConnectClient({ endpoint, credentials, region: 'us-east-1' });
  const InstanceId = connect.world.instanceArn;
  const configOf = async (ResourceType: 'MEDIA_STREAMS' | 'CONTACT_TRACE_RECORDS') => {
    const command = new ListInstanceStorageConfigsCommand({ InstanceId, ResourceType });
    return (await client.send(command)).StorageConfigs?.[0];
  };
  const media = (await configOf('MEDIA_STREAMS'))?.KinesisVideoStreamConfig;
  const records = await configOf('CONTACT_TRACE_RECORDS');
  return {
    media: media && { Prefix: media.Prefix, RetentionPeriodHours: media.RetentionPeriodHours },
    contactRecords: records?.KinesisStreamConfig?.StreamArn,
  };
}

test('a stream that is not the one of the instance is refused', async (t) => {
  const { init } = await administrator(t);
  const stream = 'arn:aws:kinesis:us-east-1:111122223333:stream/other';

  await assert.rejects(
    init(['--yes', '--stream', stream]),
    /--stream .*other: acme sends contact records to .*acme-ctr/,
  );
});
