import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  CreateEmailTemplateCommand,
  DeleteEmailTemplateCommand,
  GetEmailIdentityCommand,
  GetEmailTemplateCommand,
  ListEmailTemplatesCommand,
  type Message,
  SendEmailCommand,
  type SendEmailCommandInput,
  SESv2Client,
  TestRenderEmailTemplateCommand,
  UpdateEmailTemplateCommand,
} from '@aws-sdk/client-sesv2';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import type { EventBridgeEvent } from '../../simulator/services/eventbridge/event.ts';
import { EVENT_TYPES, type SesEventType } from '../../simulator/services/ses/configuration-sets.ts';
import type { SendingRules } from '../../simulator/services/ses/sending-rules.ts';
import { createSes } from '../../simulator/services/ses/ses.ts';
import { answered, startTarget } from './setup.ts';
import { assertSameSamples } from '../same-samples.ts';

const HELLO: Message = {
  Subject: { Data: 'Grüße from +1 555', Charset: 'UTF-8' },
  Body: { Text: { Data: 'Hi' }, Html: { Data: '<p>Hi</p>' } },
};

/**
 * An account of its own in fast time. Against AWS there is none: identities, the
 * sandbox and configuration sets are an account's, so all of it needs the simulator.
 */
async function acme(
  t: TestContext,
  rules: SendingRules = {},
  published: readonly SesEventType[] = EVENT_TYPES,
) {
  const clock = createClock('fast');
  const happenings = createHappenings();
  const events: EventBridgeEvent[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'ses-'));
  const bus = { put: (event: EventBridgeEvent) => void events.push(event) };
  const ses = createSes({ ...rules, clock, happenings, bus, folder });
  ses.configurationSets.add({ name: 'voicemail' });
  ses.configurationSets.addDestination('voicemail', { name: 'bus', enabled: true, events: published });
  ses.configurationSets.add({ name: 'off', sendingEnabled: false });
  const { client: settings, gateway, close } = await startTarget([ses.service], { clock, happenings });
  t.after(async () => {
    await close();
    await rm(folder, { recursive: true });
  });
  const client = new SESv2Client({ ...settings, maxAttempts: 1 });
  return {
    clock,
    client,
    events,
    folder,
    gateway,
    ses,
    settings,
    send: (input: Partial<SendEmailCommandInput> = {}) =>
      client.send(
        new SendEmailCommand({
          FromEmailAddress: '"Acme Voicemail" <vm@example.com>',
          Destination: { ToAddresses: ['billing@example.com'] },
          Content: { Simple: HELLO },
          ConfigurationSetName: 'voicemail',
          ...input,
        }),
      ),
    namesOfEvents: async () => {
      await clock.sleep(1);
      return events.map((event) => event['detail-type']);
    },
  };
}

test('a mail is sent with its headers and attachments, and kept as a file', async (t) => {
  const { send, ses, folder } = await acme(t);
  const wav = Buffer.from('RIFF\u0000\u00FF', 'latin1');

  const { MessageId = '' } = await send({
    ReplyToAddresses: ['reply@example.com'],
    Content: {
      Simple: {
        ...HELLO,
        Headers: [{ Name: 'X-Contact-Id', Value: 'c1' }],
        Attachments: [
          {
            FileName: 'voicemail.wav',
            ContentType: 'audio/wav',
            ContentTransferEncoding: 'BASE64',
            RawContent: wav,
          },
        ],
      },
    },
  });

  const [mail] = ses.mails();
  assert.match(MessageId, /^[0-9a-f]{16}-[0-9a-f-]{36}-000000$/);
  assert.partialDeepStrictEqual(mail, {
    messageId: MessageId,
    from: '"Acme Voicemail" <vm@example.com>',
    to: ['billing@example.com'],
    replyTo: ['reply@example.com'],
    subject: 'Grüße from +1 555',
    text: 'Hi',
    html: '<p>Hi</p>',
    headers: { 'X-Contact-Id': 'c1' },
  });
  assertSameSamples(mail?.attachments[0]?.bytes, wav);
  const [file = ''] = await readdir(join(folder, 'mails'));
  const eml = await readFile(join(folder, 'mails', file), 'utf8');
  assert.equal(file, `${MessageId}.eml`);
  for (const part of [
    'To: billing@example.com',
    'X-Contact-Id: c1',
    'Subject: =?UTF-8?B?',
    wav.toString('base64'),
  ]) {
    assert.ok(eml.includes(part), part);
  }
});

test('EventBridge gets the events of a mail, with its configuration set', async (t) => {
  const { send, events, namesOfEvents } = await acme(t);

  const { MessageId } = await send({ EmailTags: [{ Name: 'mode', Value: 'queue' }] });

  assert.deepEqual(await namesOfEvents(), ['Email Sent', 'Email Delivered']);
  assert.partialDeepStrictEqual(events[1], {
    source: 'aws.ses',
    'detail-type': 'Email Delivered',
    resources: ['arn:aws:ses:us-east-1:111122223333:configuration-set/voicemail'],
    detail: {
      eventType: 'Delivery',
      mail: {
        messageId: MessageId,
        source: '"Acme Voicemail" <vm@example.com>',
        sourceArn: 'arn:aws:ses:us-east-1:111122223333:identity/example.com',
        destination: ['billing@example.com'],
        tags: { mode: ['queue'], 'ses:configuration-set': ['voicemail'] },
      },
      delivery: { recipients: ['billing@example.com'] },
    },
  });
});

test('the addresses of the mailbox simulator bounce and complain', async (t) => {
  const { send, events, namesOfEvents } = await acme(t, { sandbox: true }, ['BOUNCE', 'COMPLAINT']);

  await send({
    Destination: {
      ToAddresses: ['success', 'bounce+1', 'complaint'].map((name) => `${name}@simulator.amazonses.com`),
    },
  });

  assert.deepEqual(await namesOfEvents(), ['Email Complaint Received', 'Email Bounced']);
  assert.partialDeepStrictEqual(events[1]?.detail, {
    eventType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: 'bounce+1@simulator.amazonses.com' }],
    },
  });
});

test('a mail that lacks a variable is accepted, reported by an event, and never sent', async (t) => {
  const { client, send, ses, events, namesOfEvents } = await acme(t);
  const TemplateContent = { Subject: 'For {{name}}', Html: '<b>{{tier}}</b>' };
  await client.send(new CreateEmailTemplateCommand({ TemplateName: 'vm', TemplateContent }));
  const data = { name: 'Ana', tier: '<i>gold</i>' };

  await send({ Content: { Template: { TemplateName: 'vm', TemplateData: JSON.stringify(data) } } });
  const { MessageId } = await send({
    Content: { Template: { TemplateName: 'vm', TemplateData: '{"name":"A"}' } },
  });

  assert.ok(MessageId);
  assert.deepEqual(
    ses.mails().map(({ subject, html }) => [subject, html]),
    [['For Ana', '<b><i>gold</i></b>']],
  );
  assert.equal((await namesOfEvents()).at(-1), 'Email Rendering Failed');
  assert.deepEqual(events.at(-1)?.detail['failure'], {
    errorMessage: "Attribute 'tier' is not present in the rendering data.",
    templateName: 'vm',
  });
});

test('templates are made, read, changed, tried, listed and removed', async (t) => {
  const { client } = await acme(t);
  const TemplateName = 'vm';
  const content = { Subject: 'Hi {{name}}', Text: 'Bye {{name}}' };

  await client.send(new CreateEmailTemplateCommand({ TemplateName, TemplateContent: content }));
  await assert.rejects(
    client.send(new CreateEmailTemplateCommand({ TemplateName, TemplateContent: content })),
    answered(400, 'AlreadyExistsException'),
  );
  await client.send(
    new UpdateEmailTemplateCommand({ TemplateName, TemplateContent: { ...content, Html: '<p>' } }),
  );
  const got = await client.send(new GetEmailTemplateCommand({ TemplateName }));
  const tried = await client.send(
    new TestRenderEmailTemplateCommand({ TemplateName, TemplateData: '{"name":"Ana"}' }),
  );
  const listed = await client.send(new ListEmailTemplatesCommand());
  await client.send(new DeleteEmailTemplateCommand({ TemplateName }));

  assert.deepEqual(got.TemplateContent, { ...content, Html: '<p>' });
  assert.match(tried.RenderedTemplate ?? '', /Subject: Hi Ana\r\n[^]*Bye Ana/);
  assert.deepEqual(
    listed.TemplatesMetadata?.map((one) => [one.TemplateName, one.CreatedTimestamp instanceof Date]),
    [['vm', true]],
  );
  await assert.rejects(
    client.send(new GetEmailTemplateCommand({ TemplateName })),
    answered(404, 'NotFoundException'),
  );
});

test('links are rewritten if clicks are tracked, unless the link or the message says no', async (t) => {
  const { send, ses } = await acme(t);
  const html = '<a ses:no-track href="https://a.example/r/1">1</a> <a href="https://b.example/?x=1">2</a>';
  const Content = { Simple: { ...HELLO, Body: { Html: { Data: html } } } };

  await send({ Content });
  await send({ Content, ConfigurationOverrides: { Tracking: { ClickTrackingEnabled: 'DISABLED' } } });

  const [tracked, untracked] = ses.mails().map((mail) => mail.html);
  assert.match(
    tracked ?? '',
    /^<a href="https:\/\/a\.example\/r\/1">1<\/a> <a href="https:\/\/\w+\.r\.us-east-1\.awstrack\.me\/L0\/https%3A%2F%2Fb\.example/,
  );
  assert.equal(untracked, html);
});

test('an unverified address cannot send, and in the sandbox cannot receive', async (t) => {
  const { send, ses, client } = await acme(t, {
    sandbox: true,
    identities: { 'example.com': true, 'pending.example': false },
  });

  await assert.rejects(send({ FromEmailAddress: 'vm@pending.example' }), {
    name: 'MessageRejected',
    message:
      'Email address is not verified. The following identities failed the check in region US-EAST-1: vm@pending.example',
  });
  await assert.rejects(send({ Destination: { ToAddresses: ['ana@elsewhere.example'] } }), {
    name: 'MessageRejected',
  });
  const pending = await client.send(new GetEmailIdentityCommand({ EmailIdentity: 'pending.example' }));

  assert.equal(pending.VerifiedForSendingStatus, false);
  assert.deepEqual(ses.mails(), []);
});

test('the sandbox takes one mail a second and 200 a day', async (t) => {
  const { send, clock } = await acme(t, { sandbox: true });
  const ToAddresses = Array.from({ length: 50 }, (_, index) => `a${index}@example.com`);

  await send();
  await assert.rejects(send(), {
    name: 'TooManyRequestsException',
    message: 'Maximum sending rate exceeded.',
  });
  for (let round = 0; round < 3; round += 1) {
    await clock.sleep(1001);
    await send({ Destination: { ToAddresses } });
  }
  await clock.sleep(1001);

  await assert.rejects(send({ Destination: { ToAddresses } }), {
    name: 'TooManyRequestsException',
    message: 'Daily message quota exceeded.',
  });
});

test('nothing is sent while sending is paused', async (t) => {
  const paused = await acme(t, { isPaused: true });
  const { send } = await acme(t);

  await assert.rejects(paused.send(), answered(400, 'SendingPausedException'));
  await assert.rejects(send({ ConfigurationSetName: 'off' }), answered(400, 'SendingPausedException'));
});

const simple = (more: Partial<Message>) => ({ Content: { Simple: { ...HELLO, ...more } } });
const file = (FileName: string, bytes = 'x') => ({ FileName, RawContent: Buffer.from(bytes) });

const REFUSED: Readonly<Record<string, [Partial<SendEmailCommandInput>, string]>> = {
  'to an unknown configuration set': [{ ConfigurationSetName: 'none' }, 'NotFoundException'],
  'from an unknown template': [
    { Content: { Template: { TemplateName: 'none', TemplateData: '{}' } } },
    'NotFoundException',
  ],
  'with data that is not JSON': [
    { Content: { Template: { TemplateContent: { Subject: 's', Text: 't' }, TemplateData: '{' } } },
    'BadRequestException',
  ],
  'to nobody': [{ Destination: {} }, 'BadRequestException'],
  'to 51 people': [
    { Destination: { ToAddresses: Array.from({ length: 51 }, (_, index) => `a${index}@example.com`) } },
    'BadRequestException',
  ],
  'to an address with a line break': [
    { Destination: { ToAddresses: ['a@example.com\r\nBcc: b@example.com'] } },
    'BadRequestException',
  ],
  'with a header of SES’s own': [simple({ Headers: [{ Name: 'Bcc', Value: 'x' }] }), 'BadRequestException'],
  'with a header value that is not ASCII': [
    simple({ Headers: [{ Name: 'X-Name', Value: 'Grüße' }] }),
    'BadRequestException',
  ],
  'with 16 headers': [
    simple({ Headers: Array.from({ length: 16 }, (_, index) => ({ Name: `X-${index}`, Value: 'x' })) }),
    'BadRequestException',
  ],
  'with a program': [simple({ Attachments: [file('run.exe')] }), 'BadRequestException'],
  'with a file without ending': [simple({ Attachments: [file('voicemail')] }), 'BadRequestException'],
  'with bytes beyond ASCII without an encoding': [
    simple({ Attachments: [file('a.wav', 'ÿ')] }),
    'BadRequestException',
  ],
};

for (const [what, [input, name]] of Object.entries(REFUSED)) {
  test(`a mail ${what} is refused`, async (t) => {
    const { send, ses } = await acme(t);

    await assert.rejects(send(input), answered(name === 'NotFoundException' ? 404 : 400, name));

    assert.deepEqual(ses.mails(), []);
  });
}

test('a mail of more than 40 MB is refused', async (t) => {
  const { send } = await acme(t);
  const RawContent = Buffer.alloc(31 * 1024 * 1024);

  await assert.rejects(send(simple({ Attachments: [{ FileName: 'a.wav', RawContent }] })), {
    name: 'BadRequestException',
  });
});

test('a virus is taken and then rejected', async (t) => {
  const { send, ses, namesOfEvents } = await acme(t);

  await send(simple({ Attachments: [file('eicar.txt', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!')] }));

  assert.deepEqual(await namesOfEvents(), ['Email Sent', 'Email Rejected']);
  assert.deepEqual(ses.mails(), []);
});

const arn = (what: string) => `arn:aws:ses:us-east-1:111122223333:${what}`;

test('a role sends as the identities and by the configuration sets that its policy names', async (t) => {
  const { gateway, settings, ses } = await acme(t);
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/DeliverVoicemail',
    statements: [
      {
        Effect: 'Allow',
        Action: 'ses:SendEmail',
        Resource: [arn('identity/example.com'), arn('configuration-set/voicemail')],
      },
    ],
  });
  const client = new SESv2Client({ ...settings, credentials, maxAttempts: 1 });
  const mail = {
    FromEmailAddress: 'vm@example.com',
    Destination: { ToAddresses: ['billing@example.com'] },
    Content: { Simple: HELLO },
  };

  await client.send(new SendEmailCommand({ ...mail, ConfigurationSetName: 'voicemail' }));
  await assert.rejects(client.send(new SendEmailCommand({ ...mail, ConfigurationSetName: 'off' })), {
    name: 'AccessDeniedException',
  });
  await assert.rejects(client.send(new SendEmailCommand({ ...mail, FromEmailAddress: 'vm@other.example' })), {
    name: 'AccessDeniedException',
  });

  assert.equal(ses.mails().length, 1);
});
