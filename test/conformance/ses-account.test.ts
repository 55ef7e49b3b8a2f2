import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  GetEmailTemplateCommand,
  ListConfigurationSetsCommand,
  ListEmailIdentitiesCommand,
  ListSuppressedDestinationsCommand,
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

const VDM = { VdmOptions: { DashboardOptions: { EngagementMetrics: 'DISABLED' } } };

async function withSets(t: TestContext) {
  const clock = createClock('fast');
  const happenings = createHappenings();
  const ses = createSes({ clock, happenings, bus: { put: () => {} } });
  ses.configurationSets.add({ name: 'voicemail', options: VDM });
  ses.configurationSets.add({ name: 'off', sendingEnabled: false });
  ses.configurationSets.addDestination('voicemail', {
    name: 'bus',
    enabled: true,
    events: ['SEND', 'BOUNCE'],
  });
  const { client: settings, gateway, close } = await startTarget([ses.service], { clock, happenings });
  t.after(close);
  return { settings, gateway, client: new SESv2Client({ ...settings, maxAttempts: 1 }) };
}

test('configuration sets are listed in pages, and described with where their events go', async (t) => {
  const { client } = await withSets(t);
  const page = (NextToken?: string) =>
    client.send(new ListConfigurationSetsCommand({ PageSize: 1, ...(NextToken && { NextToken }) }));
  const ConfigurationSetName = 'voicemail';

  const first = await page();
  const rest = await page(first.NextToken);
  const set = await client.send(new GetConfigurationSetCommand({ ConfigurationSetName }));
  const { EventDestinations } = await client.send(
    new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName }),
  );

  assert.deepEqual(
    [first, rest].map(({ ConfigurationSets, NextToken }) => [ConfigurationSets, NextToken !== undefined]),
    [
      [['voicemail'], true],
      [['off'], false],
    ],
  );
  assert.partialDeepStrictEqual(set, {
    ConfigurationSetName,
    SendingOptions: { SendingEnabled: true },
    ...VDM,
  });
  assert.deepEqual(EventDestinations, [
    {
      Name: 'bus',
      Enabled: true,
      MatchingEventTypes: ['SEND', 'BOUNCE'],
      EventBridgeDestination: { EventBusArn: 'arn:aws:events:us-east-1:111122223333:event-bus/default' },
    },
  ]);
  await assert.rejects(page('none'), { name: 'BadRequestException' });
  for (const command of [GetConfigurationSetCommand, GetConfigurationSetEventDestinationsCommand]) {
    await assert.rejects(client.send(new command({ ConfigurationSetName: 'none' })), {
      name: 'NotFoundException',
    });
  }
});

test('no destination is suppressed, and looking at all of this needs permissions', async (t) => {
  const { client, settings, gateway } = await withSets(t);
  const arn = 'arn:aws:iam::111122223333:role/nobody';
  const credentials = gateway.identities.addRole({ arn, statements: [] });
  const nobody = new SESv2Client({ ...settings, credentials, maxAttempts: 1 });
  const ConfigurationSetName = 'voicemail';

  const answer = await client.send(new ListSuppressedDestinationsCommand({}));

  assert.deepEqual(answer.SuppressedDestinationSummaries, []);
  const refused = [
    client.send(new ListSuppressedDestinationsCommand({ NextToken: 'none' })),
    nobody.send(new ListSuppressedDestinationsCommand({})),
    nobody.send(new ListConfigurationSetsCommand({})),
    nobody.send(new GetConfigurationSetCommand({ ConfigurationSetName })),
    nobody.send(new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName })),
  ];
  const errors = (await Promise.allSettled(refused)).map((one) => 'reason' in one && one.reason.name);
  assert.deepEqual(errors, [
    'BadRequestException',
    ...Array.from({ length: 4 }, () => 'AccessDeniedException'),
  ]);
});
