import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { ConnectClient } from '@aws-sdk/client-connect';
import { connectTasks } from './connect-tasks.ts';

const CONTACT_ID = 'c0ffee00-0000-4000-8000-0000000000c1';
const OTHER_ID = 'c0ffee00-0000-4000-8000-0000000000c2';
const TASK = { name: 'Voicemail', description: 'please call me back', references: [], attributes: {} };

test('a second try has the token of the first, in any mode; another contact, and one that came back, have others', async () => {
  const tokens: unknown[] = [];
  const handle = async ({ body }: { readonly body?: Uint8Array }) => {
    tokens.push(JSON.parse(new TextDecoder().decode(body)).ClientToken);
    return { response: { statusCode: 200, headers: {}, body: Readable.from(['{"ContactId":"task"}']) } };
  };
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new ConnectClient({ region: 'us-east-1', credentials, requestHandler: { handle } });
  const { startTask } = connectTasks(client, { instanceArn: 'arn', setback: assert.fail });
  const details = { contactId: CONTACT_ID, flowId: 'one', lifeMs: 600_000, round: 1 };

  for (const change of [
    {},
    {},
    { flowId: 'two', lifeMs: 1_200_000 },
    { round: 2 },
    { round: 3 },
    { contactId: OTHER_ID },
  ])
    await startTask(TASK, { ...details, ...change });

  const [first, second, otherFlow, cameBack, again, otherContact] = tokens;
  assert.match(String(first), new RegExp(CONTACT_ID));
  assert.deepEqual([second, otherFlow], [first, first]);
  assert.equal(new Set([first, cameBack, again, otherContact]).size, 4);
});

/** Amazon Connect that answers with these, in turn; and the tokens and attachments that it was sent. */
function connectThat(...answers: readonly ('made' | 'refuses' | 'knows the token')[]) {
  const sent: (readonly [token: unknown, attachments: unknown])[] = [];
  const handle = async ({ body }: { readonly body?: Uint8Array }) => {
    const { ClientToken, Attachments } = JSON.parse(new TextDecoder().decode(body));
    const answer = answers[sent.length];
    sent.push([ClientToken, Attachments]);
    const type = answer === 'refuses' ? 'InvalidRequestException' : 'IdempotencyException';
    const error = { statusCode: 400, headers: { 'x-amzn-errortype': type }, body: Readable.from(['{}']) };
    const made = { statusCode: 200, headers: {}, body: Readable.from(['{"ContactId":"task"}']) };
    return { response: answer === 'made' ? made : error };
  };
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new ConnectClient({ region: 'us-east-1', credentials, requestHandler: { handle } });
  return { sent, ...connectTasks(client, { instanceArn: 'arn', setback: assert.fail }) };
}

const TARGET = { contactId: CONTACT_ID, flowId: 'one', lifeMs: 600_000, round: 1 };
const ATTACHMENT = { fileName: 'voicemail.wav', url: 'https://acme.s3.us-east-1.amazonaws.com/a.wav' };

test('a refused attachment is one call and a refusal; without it the task has the same token', async () => {
  const { startTask, sent } = connectThat('refuses', 'made');

  await assert.rejects(startTask(TASK, { ...TARGET, attachment: ATTACHMENT }), { code: 'REFUSED' });
  await startTask(TASK, { ...TARGET, isAfterRefusal: true });

  assert.deepEqual(sent, [
    [`vmx3_${CONTACT_ID}`, [{ FileName: ATTACHMENT.fileName, S3Url: ATTACHMENT.url }]],
    [`vmx3_${CONTACT_ID}`, undefined],
  ]);
});

test('a token that Amazon Connect holds against the task is replaced after a refusal, and never without one', async () => {
  const refused = connectThat('knows the token', 'made');
  const unclear = connectThat('knows the token');

  assert.equal(await refused.startTask(TASK, { ...TARGET, isAfterRefusal: true }), 'task');
  await assert.rejects(unclear.startTask(TASK, TARGET), { code: 'REFUSED' });

  assert.deepEqual(
    refused.sent.map(([token]) => token),
    [`vmx3_${CONTACT_ID}`, `vmx3_${CONTACT_ID}_plain`],
  );
});
