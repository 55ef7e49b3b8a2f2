import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID, INSTANCE_ARN } from '../../test/contact-record.ts';
import { fakeTelemetry } from '../../test/fake-telemetry.ts';
import { RetryableError } from '../domain/errors.ts';
import { emptyView } from '../domain/voicemail-view.ts';
import type { ShowOutcome, ShowRequest } from '../steps/show-voicemail.ts';
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

function handling(show?: () => Promise<ShowOutcome>) {
  const asked: ShowRequest[] = [];
  const { log, lines } = fakeTelemetry();
  const handle = showVoicemailHandler({
    async show(request) {
      asked.push(request);
      if (show) return show();
      return { kind: 'shown', view: VIEW };
    },
    log,
  });
  return { asked, lines, handle };
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
