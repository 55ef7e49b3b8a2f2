import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examine } from '../../cli/doctor/examine.ts';
import { mailChecks } from '../../cli/doctor/lanes/mail.ts';
import { createLook } from '../../cli/doctor/look.ts';
import sample from '../../voicemail.config.ts';
import { diagnose, mayAllBut } from './diagnose.ts';

const EMAIL = { from: 'Acme Voicemail <voicemail@example.com>', recording: 'link' } as const;

test('a sandbox whose quota is nearly used up is told of, once each', async (t) => {
  const { findingsOf, exitCode } = await diagnose(t, {
    email: { sandbox: true, sentToday: 180, isUnderReview: true },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('ses-limits'), [
    { what: 'AWS looks into the mails of this account, and may stop its sending.' },
    { evidence: [{ api: 'ses:GetAccount', saw: 'ProductionAccessEnabled: false' }] },
    { what: 'Amazon SES has sent 180 of the 200 mails that it sends for this account in 24 hours.' },
  ]);
  assert.equal(exitCode, 1);
});

test('an account whose sending AWS stopped sends nothing, whatever else is right', async (t) => {
  const { findingsOf } = await diagnose(t, { email: { isPaused: true }, isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('ses-limits'), [
    { severity: 'warning', what: 'AWS has stopped the sending of mails by this account.' },
  ]);
});

test('a sender whose domain waits for its DNS records is told which', async (t) => {
  const { findingsOf, text } = await diagnose(t, {
    email: { identities: { 'example.com': false } },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('sender-not-verified'), [
    {
      what: 'email.from is the sender of mails, and Amazon SES has not verified example.com or voicemail@example.com in us-east-1.',
      evidence: [{ saw: 'example.com: VerificationStatus: PENDING' }, {}],
    },
  ]);
  const records = text.match(
    /[0-9a-f]{32}\._domainkey\.example\.com CNAME\s+[0-9a-f]{32}\.dkim\.amazonses\.com/g,
  );
  assert.equal(records?.length, 3, text);
  assert.deepEqual(findingsOf('sender-authentication'), []);
});

test('a sender below a domain that is verified needs a setting and no DNS record', async (t) => {
  const { findingsOf } = await diagnose(t, {
    config: { email: { from: 'vm@mail.example.com', recording: 'link' } },
    isDeployed: false,
  });

  assert.deepEqual(
    findingsOf('sender-not-verified').map(({ remedy }) => remedy),
    [
      "Amazon SES has verified example.com, which mail.example.com belongs to: set email.identity: 'example.com' in the settings, and deploy.",
    ],
  );
});

test('a sender that Amazon SES does not know is told how to make it known', async (t) => {
  const { findingsOf } = await diagnose(t, { email: { identities: {} }, isDeployed: false });

  const [finding] = findingsOf('sender-not-verified');
  assert.match(
    finding?.remedy ?? '',
    /create-email-identity --email-identity example\.com --region us-east-1/,
  );
});

test('a verified domain without DKIM, or with a MAIL FROM domain that is not ready, still sends', async (t) => {
  const off = await diagnose(t, {
    email: {
      identityDetails: {
        'example.com': {
          dkim: 'off',
          mailFrom: { domain: 'm.example.com', status: 'FAILED', isRequired: true },
        },
      },
    },
    isDeployed: false,
  });
  const address = await diagnose(t, {
    email: { identities: { 'voicemail@example.com': true } },
    isDeployed: false,
  });

  assert.deepEqual(off.findingsOf('sender-not-verified'), []);
  assert.partialDeepStrictEqual(off.findingsOf('sender-authentication'), [
    { what: 'Mails from example.com are not signed: DKIM is off.' },
    {
      severity: 'warning',
      what: 'The MAIL FROM domain m.example.com of example.com is not ready: FAILED.',
    },
  ]);
  assert.partialDeepStrictEqual(address.findingsOf('sender-authentication'), [
    { evidence: [{ saw: 'voicemail@example.com: SigningEnabled: false, DKIM status: NOT_STARTED' }] },
  ]);
});

test('a template that is missing, and one that cannot be filled, are found before a mail is', async (t) => {
  const { findingsOf } = await diagnose(t, {
    config: { email: { ...EMAIL, queueTemplate: 'west', agentTemplate: 'east' } },
    email: { templates: { east: { subject: 'Hi', html: '<p>{{upper caller}}</p>' } } },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('email-templates'), [
    { what: 'email.queueTemplate is "west", and Amazon SES has no such template in us-east-1.' },
    { what: 'The template "east" of email.agentTemplate cannot be filled.' },
  ]);
});

test('a variable that is like one of ours is a slip, and any other is an attribute that a flow may set', async (t) => {
  const { findingsOf } = await diagnose(t, {
    config: { email: { ...EMAIL, queueTemplate: 'west', agentTemplate: 'west' } },
    email: { templates: { west: { subject: '{{caller}}', text: '{{calller}} {{customer_tier}} {{link}}' } } },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('email-templates'), [
    {
      severity: 'warning',
      certainty: 'likely',
      what: 'The template "west" names variables that are like ours, and are none: {{calller}}.',
    },
    { severity: 'note', evidence: [{ saw: '{{customer_tier}}' }] },
  ]);
});

test('settings without delivery by email are asked nothing about mails', async () => {
  const { email: _, ...config } = sample;
  const place = { endpoint: 'http://127.0.0.1:1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const limits = { wait: () => Promise.resolve(), clock: () => 0 };

  const outcomes = await examine(mailChecks, createLook({ config, place, limits }));

  assert.deepEqual(
    outcomes.map((one) => one.kind === 'looked' && one.findings),
    mailChecks.map(() => []),
  );
});

test('whoever may not look at Amazon SES is told which permission is missing', async (t) => {
  const { cannotTell, found } = await diagnose(t, {
    email: { sandbox: true },
    isDeployed: false,
    credentials: mayAllBut('ses:Get*'),
  });

  assert.equal(cannotTell['ses-limits'], 'ses:GetAccount is not allowed');
  assert.equal(cannotTell['sender-not-verified'], 'ses:GetEmailIdentity is not allowed');
  assert.ok(!found.includes('ses-limits'));
});
