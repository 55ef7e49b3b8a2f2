import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../../simulator/clock.ts';
import { startTestGateway } from '../../simulator/gateway/gateway.fixture.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { AwsError, type Service } from '../../simulator/service.ts';
import { EVENT_TYPES } from '../../simulator/services/ses/configuration-sets.ts';
import type { SendingRules } from '../../simulator/services/ses/sending-rules.ts';
import { createSes } from '../../simulator/services/ses/ses.ts';
import { sesClient, sesMail } from '../../src/adapters/ses-mail.ts';
import type { Email } from '../../src/domain/email/email.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { MINUTE_MS, NOW } from '../voicemails.ts';
import { assertSameSamples } from '../same-samples.ts';

const EMAIL: Email = {
  from: '"Acme Voicemail" <vm@example.com>',
  to: ['billing@example.com', 'support@example.com'],
  subject: 'Voicemail from +1 555 555 0142',
  html: '<a href="https://links.example.com/r/token">Play</a>',
  text: 'Play: https://links.example.com/r/token',
  contactId: 'c0ffee00-0000-4000-8000-0000000000c1',
};

/** SES with a configuration set that tracks clicks. `lost`: it does what is asked, and the answer does not arrive. */
async function acme(t: TestContext, { lost = false, ...rules }: SendingRules & { lost?: boolean } = {}) {
  const clock = createClock('real');
  const happenings = createHappenings();
  const ses = createSes({ ...rules, clock, happenings, bus: { put: () => undefined } });
  ses.configurationSets.add({ name: 'voicemail' });
  ses.configurationSets.addDestination('voicemail', { name: 'bus', enabled: true, events: EVENT_TYPES });
  const service = lost ? losingAnswers(ses.service) : ses.service;
  const { endpoint, credentials, close } = await startTestGateway([service], { clock, happenings });
  t.after(close);
  const time = { ms: NOW };
  const ports = sesMail(sesClient({ endpoint, credentials, region: 'us-east-1' }), {
    configurationSetName: 'voicemail',
    now: () => time.ms,
  });
  return { ...ports, ses, time };
}

function losingAnswers(service: Service): Service {
  return {
    ...service,
    find(request) {
      const operation = service.find(request);
      return (
        operation && {
          ...operation,
          async answer(asked) {
            await operation.answer(asked);
            throw new AwsError('InternalServiceErrorException', 500, 'Lost.');
          },
        }
      );
    },
  };
}

const isPermanent = (code: string) => (error: unknown) =>
  error instanceof PermanentError && error.code === code;

test('a mail arrives with the contact’s id, the recording and its unchanged link', async (t) => {
  const { sendMail, ses } = await acme(t);
  const bytes = Uint8Array.from([82, 73, 70, 70, 0, 255]);

  const messageId = await sendMail({
    ...EMAIL,
    replyTo: ['reply@example.com'],
    attachment: { fileName: 'voicemail.wav', contentType: 'audio/wav', bytes },
  });

  const [mail] = ses.mails();
  assert.partialDeepStrictEqual(mail, {
    messageId,
    from: EMAIL.from,
    to: EMAIL.to,
    replyTo: ['reply@example.com'],
    subject: EMAIL.subject,
    html: EMAIL.html,
    text: EMAIL.text,
    headers: { 'X-Contact-Id': EMAIL.contactId },
  });
  assertSameSamples(mail?.attachments[0]?.bytes, Buffer.from(bytes));
});

test('a mail whose answer was lost is not sent again by the SDK', async (t) => {
  const { sendMail, ses } = await acme(t, { lost: true });

  await assert.rejects(sendMail(EMAIL), { name: 'RetryableError', code: 'UNANSWERED' });

  assert.equal(ses.mails().length, 1);
});

test('a mail that SES refuses is refused permanently', async (t) => {
  const paused = await acme(t, { isPaused: true });
  const unverified = await acme(t, { identities: { 'example.com': false } });

  await assert.rejects(paused.sendMail(EMAIL), isPermanent('REFUSED'));
  await assert.rejects(unverified.sendMail(EMAIL), isPermanent('REFUSED'));
});

test('a throttled mail can be tried again', async (t) => {
  const { sendMail } = await acme(t, { sandbox: true });
  await sendMail(EMAIL);

  await assert.rejects(sendMail(EMAIL), { name: 'RetryableError', code: 'THROTTLED' });
});

test('a mail over the quota of the day is refused: the next day is too far for a queue', async (t) => {
  const { sendMail } = await acme(t, { sandbox: true, sentToday: 199 });

  await assert.rejects(sendMail(EMAIL), isPermanent('REFUSED'));
});

test('a template is read once in five minutes', async (t) => {
  const { readTemplate, ses, time } = await acme(t);
  ses.addTemplate('vm', { subject: 'Hi {{caller}}', html: '<b>' });

  const first = await readTemplate('vm');
  const again = await readTemplate('vm');
  time.ms += 6 * MINUTE_MS;
  const later = await readTemplate('vm');

  assert.deepEqual(first, { subject: 'Hi {{caller}}', html: '<b>', text: undefined });
  assert.equal(again, first);
  assert.notEqual(later, first);
});

test('a missing template cannot be used', async (t) => {
  const { readTemplate } = await acme(t);

  await assert.rejects(readTemplate('none'), isPermanent('TEMPLATE'));
});

test('a template that is made meanwhile is found within five minutes', async (t) => {
  const { readTemplate, ses, time } = await acme(t);
  await assert.rejects(readTemplate('vm'), isPermanent('TEMPLATE'));
  ses.addTemplate('vm', { subject: 'Hi', text: 'Hi' });

  await assert.rejects(readTemplate('vm'), isPermanent('TEMPLATE'));
  time.ms += 6 * MINUTE_MS;

  assert.equal((await readTemplate('vm')).subject, 'Hi');
});
