import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SimulatedAccount } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';
import { diagnose } from './diagnose.ts';

const STREAM_ARN = sample.contactRecordStreamArn;
const MINUTE_MS = 60_000;

test('the Python product on the same stream doubles every voicemail, and others are noted', async (t) => {
  const from = (functionName: string) => ({ functionName, eventSourceArn: STREAM_ARN });
  const { findingsOf } = await diagnose(t, {
    state: {
      eventSourceMappings: [
        from('VMX3-KVStoS3-acme'),
        { ...from('VMX3-KVStoS3-old'), state: 'Disabled' },
        from('VoicemailExpressEast-contactrecordsFunction1A2B3C4D-xyz'),
        from('lake'),
        { functionName: 'elsewhere', eventSourceArn: `${STREAM_ARN}-2` },
      ],
      dataStreams: [{ arn: STREAM_ARN, consumers: ['audit'] }],
    },
    isDeployed: false,
  });

  const found = findingsOf('other-record-readers');
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['blocker', 'note', 'note'],
  );
  assert.match(
    found[0]?.what ?? '',
    /^The function VMX3-KVStoS3-acme reads the contact record stream, too\./,
  );
  assert.equal(found[0]?.suffers, 'Agents: every voicemail is delivered twice.');
  assert.match(
    found[1]?.what ?? '',
    /VoicemailExpressEast-contactrecords.* of another stack of Voicemail Express/,
  );
  assert.equal(
    found[2]?.what,
    'The contact record stream has other readers: lake, audit (enhanced fan-out).',
  );
  // Without a stack, nobody misses its reader.
  assert.deepEqual(findingsOf('record-reader-stopped'), []);
});

test('a mapping that somebody disabled is a blocker', async (t) => {
  const { findingsOf } = await diagnose(t, {
    prepare: ({ lambda }) => lambda.mappings.enable(ownReader(lambda).uuid, false),
  });

  const [finding] = findingsOf('record-reader-stopped');
  assert.equal(finding?.severity, 'blocker');
  assert.match(
    finding.what,
    /does not read the contact record stream: its event source mapping is Disabled\.$/,
  );
  assert.match(
    finding.remedy,
    /^Run "aws lambda update-event-source-mapping --uuid [0-9a-f-]{36} --enabled --region us-east-1"/,
  );
});

test('a function that fails, and records that wait, are warnings', async (t) => {
  const { findingsOf } = await diagnose(t, {
    async prepare({ lambda, kinesis, happenings, cloudwatch, clock }) {
      const [, name = ''] = /:function:(.+)$/.exec(ownReader(lambda).functionArn) ?? [];
      const [, functionId = ''] = name.split('-');
      const failed = new Promise<void>((resolve) => {
        happenings.listen((one) => {
          if (one.kind === 'invocation' && one.functionId === functionId && one.error !== undefined)
            resolve();
        });
      });
      lambda.crashNext(functionId, 1_000);
      const record = { Channel: 'VOICE', Attributes: { vmx3_flag: '1' } };
      kinesis.put(STREAM_ARN, JSON.stringify(record), 'one');
      await failed;
      const metric = { namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions: { FunctionName: name } };
      cloudwatch.put({ ...metric, value: 42 * MINUTE_MS, atMs: clock.now() - MINUTE_MS });
    },
  });

  const [stopped] = findingsOf('record-reader-stopped');
  assert.equal(stopped?.severity, 'warning');
  assert.match(
    stopped.what,
    /^The last batch of contact records failed for VoicemailExpress-contactrecords.*: "PROBLEM: Function call failed"\.$/,
  );
  assert.partialDeepStrictEqual(findingsOf('record-reader-behind'), [
    { severity: 'warning', what: 'Contact records have waited up to 42 minutes to be read.' },
  ]);
});

test('settings with another stream than the one deployed are found', async (t) => {
  const contactRecordStreamArn = `${STREAM_ARN}-2`;
  const { findingsOf } = await diagnose(t, {
    state: { dataStreams: [{ arn: contactRecordStreamArn }] },
    config: { contactRecordStreamArn },
  });

  assert.partialDeepStrictEqual(findingsOf('record-reader-stopped'), [
    {
      severity: 'blocker',
      certainty: 'likely',
      what: `contactRecordStreamArn is ${contactRecordStreamArn}, and no function that is called as those of the stack VoicemailExpress reads that stream.`,
    },
  ]);
});

/** What reads contact records for the deployed stack. */
function ownReader(lambda: SimulatedAccount['lambda']) {
  const found = lambda.mappings.all().find(({ eventSourceArn }) => eventSourceArn === STREAM_ARN);
  assert.ok(found);
  return found;
}
