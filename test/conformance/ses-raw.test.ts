import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { SendEmailCommand, type SendEmailCommandInput, SESv2Client } from '@aws-sdk/client-sesv2';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createSes } from '../../simulator/services/ses/ses.ts';
import { startTarget } from './setup.ts';

const MESSAGE = `From: "Acme Voicemail" <vm@example.com>
To: "Ruiz, Ana" <ana@example.com>,
 ben@example.com
Bcc: audit@example.com
Reply-To: support@example.com
Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe_von?= =?UTF-8?B?ICsxIDU1NQ==?=
X-Contact: 1234
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

For old programs.
--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Please call =
back: sch=F6n
--inner
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: base64

PHA+UGxlYXNlIGNhbGwgYmFjazwvcD4=
--inner--
--outer
Content-Type: audio/wav
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.wav

UklGRg==
--outer--
`.replaceAll('\n', '\r\n');

/** Identities are an account's: all of this needs the simulator. */
async function acme(t: TestContext) {
  const clock = createClock('fast');
  const happenings = createHappenings();
  const ses = createSes({ clock, happenings, bus: { put: () => {} } });
  const { client: settings, gateway, close } = await startTarget([ses.service], { clock, happenings });
  t.after(close);
  const client = new SESv2Client({ ...settings, maxAttempts: 1 });
  const send = (message = MESSAGE, more: Partial<SendEmailCommandInput> = {}) =>
    client.send(new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(message) } }, ...more }));
  return { ses, send, settings, gateway };
}

test('a raw message goes to whom its headers name, with its texts and attachments', async (t) => {
  const { ses, send } = await acme(t);

  const { MessageId } = await send();

  const [mail] = ses.mails();
  assert.partialDeepStrictEqual(mail, {
    messageId: MessageId,
    from: '"Acme Voicemail" <vm@example.com>',
    to: ['"Ruiz, Ana" <ana@example.com>', 'ben@example.com'],
    cc: [],
    bcc: ['audit@example.com'],
    replyTo: ['support@example.com'],
    subject: 'Grüße von +1 555',
    text: 'Please call back: schön',
    html: '<p>Please call back</p>',
    headers: { 'X-Contact': '1234' },
    attachments: [
      {
        fileName: 'Grüße.wav',
        contentType: 'audio/wav',
        disposition: 'attachment',
        bytes: Buffer.from('RIFF'),
      },
    ],
  });
});

test('what the request says goes before what the message says', async (t) => {
  const { ses, send } = await acme(t);
  const Destination = { ToAddresses: ['cleo@example.com'] };

  await send(MESSAGE, { FromEmailAddress: 'other@example.com', Destination });
  await send('From: vm@example.com\n\nHi\n', { Destination });

  const [first, second] = ses.mails();
  assert.partialDeepStrictEqual(first, { from: 'other@example.com', to: ['cleo@example.com'], bcc: [] });
  assert.partialDeepStrictEqual(second, { from: 'vm@example.com', text: 'Hi\n', subject: '' });
});

const REFUSED: Readonly<Record<string, string>> = {
  'without headers': '\r\nHi',
  'that is no message': 'Hi',
  'without a sender': 'To: ana@example.com\n\nHi',
  'without a recipient': 'From: vm@example.com\n\nHi',
  'to something that is no address': 'From: vm@example.com\nTo: ana\n\nHi',
  'in an unknown encoding': MESSAGE.replace('quoted-printable', 'rot13'),
  'in an unknown character set': MESSAGE.replace('iso-8859-1', 'klingon'),
  'whose parts have no end': MESSAGE.replace('--outer--', ''),
};

for (const [what, message] of Object.entries(REFUSED)) {
  test(`a raw message ${what} is refused`, async (t) => {
    const { send } = await acme(t);

    await assert.rejects(send(message), { name: 'BadRequestException' });
  });
}

test('a raw message needs its own permission, and a sender that is verified', async (t) => {
  const { send, settings, gateway } = await acme(t);
  const clientOf = (Action: string) => {
    const arn = `arn:aws:iam::111122223333:role/${Action.slice('ses:'.length)}`;
    const Resource = 'arn:aws:ses:us-east-1:111122223333:identity/example.com';
    const credentials = gateway.identities.addRole({
      arn,
      statements: [{ Effect: 'Allow', Action, Resource }],
    });
    return new SESv2Client({ ...settings, credentials, maxAttempts: 1 });
  };
  const mail = { Content: { Raw: { Data: Buffer.from(MESSAGE) } } };

  await clientOf('ses:SendRawEmail').send(new SendEmailCommand(mail));
  await assert.rejects(clientOf('ses:SendEmail').send(new SendEmailCommand(mail)), {
    name: 'AccessDeniedException',
  });
  await assert.rejects(send('From: vm@other.example\nTo: ana@example.com\n\nHi'), {
    name: 'MessageRejected',
  });
});
