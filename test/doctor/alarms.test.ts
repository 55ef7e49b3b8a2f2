import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SimulatedAccount } from '../../simulator/simulator.ts';
import sample from '../../voicemail.config.ts';
import { otherSettings } from '../e2e/other-settings.ts';
import { diagnose, mayAllBut } from './diagnose.ts';

const MINUTE_MS = 60_000;
const alarmEmails = ['ana@example.com', 'ben@example.com'];
const mailed = otherSettings({ ...sample, alarmEmails });

function placeOf({ endpoint, credentials }: SimulatedAccount) {
  return { endpoint, credentials, region: 'us-east-1' };
}

async function outputsOf(simulator: SimulatedAccount): Promise<ReadonlyMap<string, string>> {
  const client = new CloudFormationClient(placeOf(simulator));
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
  return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

async function sendDeadLetter(simulator: SimulatedAccount): Promise<void> {
  const QueueUrl = (await outputsOf(simulator)).get('DeliveryDeadLettersUrl');
  await new SQSClient(placeOf(simulator)).send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
}

async function park(simulator: SimulatedAccount): Promise<void> {
  const TableName = (await outputsOf(simulator)).get('LedgerTable');
  const client = new DynamoDBClient(placeOf(simulator));
  const daysAgo = (days: number) => ({ N: String(simulator.clock.now() - days * 24 * 60 * MINUTE_MS) });
  const put = (contactId: string, more: PutItemCommand['input']['Item']) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: { contactId: { S: contactId }, state: { S: 'parked' }, ...more },
      }),
    );
  await put('a', { failureCode: { S: 'NO_AUDIO' }, deliveredAs: { S: 'task' }, parkedAtMs: daysAgo(1) });
  await put('b', { failureCode: { S: 'OVERDUE_RECORDED' }, parkedAtMs: daysAgo(2) });
  await put('c', { failureCode: { S: 'OVERDUE_RECORDED' }, parkedAtMs: daysAgo(8) });
}

test('alarms that are on, dead letters and voicemails that were given up are found', async (t) => {
  const lines: string[] = [];
  const { findingsOf, text } = await diagnose(t, {
    ...mailed,
    config: { alarmEmails },
    state: { confirmingAddresses: ['ana@example.com'] },
    async prepare(simulator) {
      simulator.happenings.listen((one) => one.kind === 'log' && lines.push(one.line));
      await sendDeadLetter(simulator);
      await park(simulator);
      simulator.clock.advance(2 * MINUTE_MS);
    },
  });

  assert.partialDeepStrictEqual(findingsOf('alarms-reach-nobody'), [
    {
      severity: 'warning',
      what: 'Alarms reach not everybody: 1 subscription is not confirmed.',
      evidence: [{ saw: 'confirmed: 1, PendingConfirmation: 1, none: 0' }],
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('alarms-on'), [
    {
      what: 'The alarm "delivery-queue has dead letters" is on.',
      remedy: 'docs/operations.md says what to do, under the heading "delivery-queue has dead letters".',
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('dead-letters'), [
    { what: 'The delivery-queue has 1 dead letter.', evidence: [{ saw: 'ApproximateNumberOfMessages: 1' }] },
  ]);
  assert.partialDeepStrictEqual(findingsOf('voicemails-parked'), [
    {
      what: '2 voicemails of the last 7 days were given up.',
      suffers: 'Callers: nobody hears what they said. 1 of these came to somebody without a recording.',
    },
  ]);
  assert.match(text, /all 3 entries of the ledger/);
  assert.doesNotMatch(text, /ana@example|ben@example/);
  assert.deepEqual(findingsOf('link-unreachable'), []);
  const ofLinks = lines.filter((line) => /recording link|Links(Opened|Refused|Over|Failed)/.test(line));
  assert.deepEqual(ofLinks, [], 'looking whether links open counts as no link');
});

test('nobody who confirmed is nobody who hears, and an address of later settings has no subscription', async (t) => {
  const { findingsOf } = await diagnose(t, {
    ...mailed,
    config: { alarmEmails: [...alarmEmails, 'chloe@example.com'] },
    state: { confirmingAddresses: [] },
  });

  assert.partialDeepStrictEqual(findingsOf('alarms-reach-nobody'), [
    {
      what: 'Alarms reach nobody: 2 subscriptions are not confirmed, 1 address of alarmEmails without a subscription.',
      evidence: [{ saw: 'confirmed: 0, PendingConfirmation: 2, none: 1' }],
    },
  ]);
});

test('addresses that were set and not deployed, muted alarms, alarms without data, and closed links are found', async (t) => {
  const { findingsOf } = await diagnose(t, {
    config: { alarmEmails },
    templatePatch: (template) =>
      JSON.parse(
        JSON.stringify(template)
          .replaceAll('"lambda:InvokeFunctionUrl"', '"lambda:GetFunction"')
          .replaceAll(/"AlarmActions":\[[^\]]*\]/g, '"AlarmActions":[]'),
      ),
    prepare({ cloudwatch, clock }) {
      cloudwatch.addAlarm({
        name: 'VoicemailExpress: ours',
        actionsEnabled: false,
        metrics: [{ namespace: 'Acme', name: 'Calls', dimensions: {}, statistic: 'Sum', periodSeconds: 60 }],
        evaluationPeriods: 1,
        datapointsToAlarm: 1,
        threshold: 1,
        comparison: 'LessThanThreshold',
        treatMissingData: 'missing',
      });
      clock.advance(90 * MINUTE_MS);
    },
  });

  assert.partialDeepStrictEqual(findingsOf('alarms-reach-nobody'), [
    { what: 'Somebody has switched off the actions of 1 alarm: nobody hears of these.' },
    { what: 'alarmEmails has 2 addresses, and the deployed alarms tell nobody.' },
  ]);
  assert.partialDeepStrictEqual(findingsOf('alarms-on').at(-1), {
    severity: 'note',
    evidence: [{ saw: 'INSUFFICIENT_DATA: ours' }],
  });
  assert.partialDeepStrictEqual(findingsOf('link-unreachable'), [
    {
      certainty: 'certain',
      what: 'AWS lets nobody call the function behind links to recordings.',
      evidence: [{ saw: 'status 403' }],
    },
  ]);
});

test('permissions for alarms, queues and the ledger that are missing are named', async (t) => {
  const { cannotTell } = await diagnose(t, {
    credentials: mayAllBut('cloudwatch:*', 'sqs:*', 'dynamodb:Scan'),
  });

  assert.partialDeepStrictEqual(cannotTell, {
    'alarms-reach-nobody': 'cloudwatch:DescribeAlarms is not allowed',
    'alarms-on': 'cloudwatch:DescribeAlarms is not allowed',
    'dead-letters': 'sqs:GetQueueAttributes is not allowed',
    'voicemails-parked': 'dynamodb:Scan is not allowed',
  });
});
