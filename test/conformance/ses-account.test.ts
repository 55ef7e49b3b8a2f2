import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  GetEmailTemplateCommand,
  ListEmailIdentitiesCommand,
  SendEmailCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import type { SendingRules } from '../../simulator/services/ses/sending-rules.ts';
import { createSes } from '../../simulator/services/ses/ses.ts';
import { startTarget } from './setup.ts';

/** Identities, quota and sandbox are an account's: all of this needs the simulator. */
async function acme(t: TestContext, rules: SendingRules = {}) {
  const clock = createClock('fast');
  const happenings = createHappenings();
  const { service } = createSes({ ...rules, clock, happenings, bus: { put: () => {} } });
  const { client: settings, gateway, close } = await startTarget([service], { clock, happenings });
  t.after(close);
  return { settings, gateway, client: new SESv2Client({ ...settings, maxAttempts: 1 }) };
}

test('an account out of the sandbox is healthy, and its quota counts what was sent', async (t) => {
  const { client } = await acme(t, { dailyQuota: 2, sentToday: 1 });
  const mail = new SendEmailCommand({
    FromEmailAddress: 'vm@example.com',
    Destination: { ToAddresses: ['ana@elsewhere.example'] },
    Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hi' } } } },
  });

  await client.send(mail);
  const account = await client.send(new GetAccountCommand({}));

  assert.partialDeepStrictEqual(account, {
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 2, MaxSendRate: 14, SentLast24Hours: 2 },
  });
  await assert.rejects(client.send(mail), { message: 'Daily message quota exceeded.' });
});

test('sandbox, review and shutdown have answers of their own', async (t) => {
  const sandbox = await acme(t, { sandbox: true, isUnderReview: true });
  const paused = await acme(t, { isPaused: true });

  assert.partialDeepStrictEqual(await sandbox.client.send(new GetAccountCommand({})), {
    EnforcementStatus: 'PROBATION',
    ProductionAccessEnabled: false,
    SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 },
  });
  assert.partialDeepStrictEqual(await paused.client.send(new GetAccountCommand({})), {
    EnforcementStatus: 'SHUTDOWN',
    SendingEnabled: false,
  });
});

test('identities are listed in pages', async (t) => {
  const { client } = await acme(t, { identities: { 'example.com': true, 'vm@example.org': false } });

  const first = await client.send(new ListEmailIdentitiesCommand({ PageSize: 1 }));
  const rest = await client.send(new ListEmailIdentitiesCommand({ NextToken: first.NextToken }));

  assert.partialDeepStrictEqual(first.EmailIdentities, [
    { IdentityName: 'example.com', IdentityType: 'DOMAIN', SendingEnabled: true },
  ]);
  assert.partialDeepStrictEqual(rest.EmailIdentities, [
    { IdentityName: 'vm@example.org', IdentityType: 'EMAIL_ADDRESS', VerificationStatus: 'PENDING' },
  ]);
  assert.equal(rest.NextToken, undefined);
  await assert.rejects(client.send(new ListEmailIdentitiesCommand({ NextToken: 'x' })), {
    name: 'BadRequestException',
  });
});

test('a domain has three tokens for its DNS while DKIM is on, and may have a MAIL FROM domain', async (t) => {
  const { client } = await acme(t, {
    identities: { 'example.com': true, 'off.example': true, 'vm@example.org': true },
    identityDetails: {
      'example.com': { dkim: 'FAILED', mailFrom: { domain: 'm.example.com', status: 'PENDING' } },
      'off.example': { dkim: 'off' },
    },
  });
  const read = (EmailIdentity: string) => client.send(new GetEmailIdentityCommand({ EmailIdentity }));

  const failed = await read('example.com');
  const off = await read('off.example');
  const address = await read('vm@example.org');

  assert.partialDeepStrictEqual(failed, {
    VerifiedForSendingStatus: true,
    DkimAttributes: { SigningEnabled: true, Status: 'FAILED', SigningHostedZone: 'dkim.amazonses.com' },
    MailFromAttributes: { MailFromDomain: 'm.example.com', BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
  });
  assert.equal(new Set(failed.DkimAttributes?.Tokens).size, 3);
  assert.deepEqual([off.DkimAttributes?.Status, off.DkimAttributes?.Tokens], ['NOT_STARTED', undefined]);
  assert.equal(address.DkimAttributes?.SigningEnabled, false);
});

test('templates of the account are there from the start', async (t) => {
  const { client } = await acme(t, { templates: { west: { subject: 'Hi', text: '{{caller}}' } } });

  const { TemplateContent } = await client.send(new GetEmailTemplateCommand({ TemplateName: 'west' }));

  assert.deepEqual(TemplateContent, { Subject: 'Hi', Text: '{{caller}}' });
});

test('the account needs a permission of its own', async (t) => {
  const { settings, gateway } = await acme(t);
  const credentials = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/nobody',
    statements: [{ Effect: 'Allow', Action: 'ses:ListEmailIdentities', Resource: '*' }],
  });
  const client = new SESv2Client({ ...settings, credentials });

  await client.send(new ListEmailIdentitiesCommand({}));
  await assert.rejects(client.send(new GetAccountCommand({})), { name: 'AccessDeniedException' });
});
