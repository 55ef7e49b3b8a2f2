import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID, INSTANCE_ARN } from '../../test/contact-record.ts';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { RetryableError } from '../domain/errors.ts';
import { emptyView } from '../domain/voicemail-view.ts';
import type { ShowOutcome, ShowRequest } from '../steps/show-voicemail.ts';
import type { FollowUpPush } from '../domain/task-follow-up.ts';
import { NOW } from '../../test/voicemails.ts';
import { showVoicemailHandler } from './show-voicemail.ts';

const VIEW = { ...emptyView(''), transcript: 'What was said.', player: '<audio src="signed"></audio>' };

test('the guide gets a flat map of strings', async () => {
  const { handle, asked } = handling();

  const answer = await handle(flowEvent({ contact_id: CONTACT_ID }));

  assert.deepEqual(answer, VIEW);
  assert.ok(Object.values(answer).every((value) => typeof value === 'string'));
  assert.deepEqual(asked, [{ contactId: CONTACT_ID, instanceArn: INSTANCE_ARN, attributeBytes: 7 }]);
});

test('an event without a usable contact id is still answered', async () => {
  const { handle, asked } = handling();

  for (const contactId of [undefined, null, '', '../../etc', '$.Attributes.x', 5]) {
    assert.deepEqual(await handle(flowEvent({ contact_id: contactId })), VIEW);
  }
  for (const event of [undefined, {}, { Details: {} }]) assert.deepEqual(await handle(event), VIEW);

  assert.ok(asked.every(({ contactId }) => contactId === undefined));
});

test('the log has the contact id, and nothing else of the voicemail', async () => {
  const { handle, lines } = handling();

  await handle(flowEvent({ contact_id: CONTACT_ID }));
  await handle(flowEvent({ contact_id: '<script>' }));

  assert.match(lines[0] ?? '', new RegExp(CONTACT_ID));
  assert.doesNotMatch(lines.join(), /signed|What was said|script|gold/);
});

test('a failure is thrown, and the log names the voicemail and the guide that asked for it', async () => {
  const failure = new RetryableError('UNAVAILABLE', 'dynamodb:GetItem got no usable answer');
  const { handle, lines } = handling(() => Promise.reject(failure));

  await assert.rejects(handle(flowEvent({ contact_id: CONTACT_ID })), failure);

  assert.match(lines[0] ?? '', new RegExp(`could not be shown.*${CONTACT_ID}.*"guideContactId":"task-1"`));
});

test('what an agent says in the guide is passed on: heard, and done with outcome and note', async () => {
  const { handle, told, asked, lines } = handling();
  const about = { contact_id: CONTACT_ID, agent: 'ana.ruiz' };
  const handled = { ...about, action: 'handled', outcome: 'no-answer', note: 'Nobody there.' };

  const answers = [await handle(flowEvent({ ...about, action: 'heard' })), await handle(flowEvent(handled))];

  assert.deepEqual(answers, [
    { noted: 'true', message: 'Noted: heard.' },
    { noted: 'true', message: 'Noted: done.' },
  ]);

  const [heard, done] = told.map(({ events }) => events[0]);
  assert.partialDeepStrictEqual(heard, { kind: 'heard', at: 'guide', atMs: NOW, by: 'ana.ruiz' });
  assert.partialDeepStrictEqual(done, { kind: 'handled', outcome: 'no-answer', note: 'Nobody there.' });
  assert.deepEqual(asked, []);
  assert.doesNotMatch(lines.join(), /Nobody there|ana\.ruiz/);
});

test('an agent who is done without saying how has handled it', async () => {
  const { handle, told } = handling();
  await handle(flowEvent({ contact_id: CONTACT_ID, action: 'handled' }));
  assert.equal(told[0]?.events[0]?.outcome, 'unsaid');
});

test('an action, an outcome or a contact that is not known is refused, and the flow goes on', async () => {
  const { handle, told } = handling();
  for (const parameters of [
    { contact_id: CONTACT_ID, action: 'delete' },
    { contact_id: CONTACT_ID, action: 'handled', outcome: 'sold' },
    { contact_id: '../../etc', action: 'heard' },
  ])
    assert.deepEqual(await handle(flowEvent(parameters)), {
      noted: 'false',
      message: 'This could not be noted.',
    });
  assert.deepEqual(told, []);
});

function handling(show?: () => Promise<ShowOutcome>) {
  const asked: ShowRequest[] = [];
  const told: FollowUpPush[] = [];
  const { log, lines } = fakeTelemetry();
  const handle = showVoicemailHandler({
    async show(request) {
      asked.push(request);
      if (show) return show();
      return { kind: 'shown', view: VIEW };
    },
    async tellFollowUp(push) {
      told.push(push);
    },
    now: () => NOW,
    log,
  });
  return { asked, told, lines, handle };
}

function flowEvent(parameters: Readonly<Record<string, unknown>>) {
  const ContactData = {
    Attributes: { vip: 'gold' },
    Channel: 'CHAT',
    ContactId: 'task-1',
    InstanceARN: INSTANCE_ARN,
    Queue: null,
  };
  return { Name: 'ContactFlowEvent', Details: { ContactData, Parameters: parameters } };
}
