import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examine } from '../../cli/doctor/examine.ts';
import { mailChecks } from '../../cli/doctor/lanes/mail.ts';
import { createLook } from '../../cli/doctor/look.ts';
import sample from '../../voicemail.config.ts';
import { diagnose, mayAllBut } from './diagnose.ts';

const EMAIL = { from: 'Acme Voicemail <voicemail@example.com>', recording: 'link' } as const;

test('the sandbox, a review and a quota that is nearly used up are found, each once', async (t) => {
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

test('the DNS records that a domain waits for are printed', async (t) => {
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

test('for a sender that Amazon SES does not know, the command that makes it known is printed', async (t) => {
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
      what: 'The template "west" is probably not filled as its author meant it.',
      evidence: [
        {
          saw: 'the text part, line 1, column 1: {{calller}} is an attribute that your flow must set. Did you mean {{caller}}?',
        },
      ],
    },
    { severity: 'note', evidence: [{ saw: '{{customer_tier}}' }] },
  ]);
});

test('with an address for every queue that has none, a note says who gets what', async (t) => {
  const { findingsOf } = await diagnose(t, { isDeployed: false });

  assert.partialDeepStrictEqual(findingsOf('mail-recipients'), [
    {
      severity: 'note',
      what: 'Mails go to an address of their own for 1 of 2 queues; those of the others go to email.fallbackTo. Of 3 agents, all have an address.',
      evidence: [{ saw: 'an address: Billing; email.fallbackTo: Support' }, {}, {}],
    },
  ]);
  assert.doesNotMatch(JSON.stringify(findingsOf('mail-recipients')), /@/);
});

test('without fallbackTo, queues and agents without an address get no mail', async (t) => {
  const { findingsOf } = await diagnose(t, {
    config: { email: EMAIL },
    world: {
      queues: [
        { id: 'q1', name: 'Billing', tags: { vmx3_queue_email: 'billing@example.com' } },
        { id: 'q2', name: 'Support', tags: { vmx3_queue_email: 'support at example' } },
        { id: 'q3', name: 'Closed', status: 'DISABLED' },
      ],
      users: [
        { id: 'ana', username: 'ana.ruiz' },
        { id: 'ben', username: 'ben@example.com' },
      ],
    },
    isDeployed: false,
  });

  assert.partialDeepStrictEqual(findingsOf('mail-recipients'), [
    { severity: 'note' },
    { severity: 'warning', evidence: [{ saw: 'queues: Support' }] },
    {
      severity: 'warning',
      what: 'Mails of 1 queue and 1 agent go to nobody, and email.fallbackTo is not set.',
      evidence: [{ saw: 'queues without an address: Support' }, { saw: 'agents without one, by id: ana' }],
    },
  ]);
});

test('two thousand agents cost a handful of calls, and stand for each other', async (t) => {
  const calls: string[] = [];
  const users = Array.from({ length: 2000 }, (_, index) => ({ id: `u${index}`, username: `agent-${index}` }));

  const { findingsOf } = await diagnose(t, {
    // Without a test agent, whose user record is read as well.
    config: { email: EMAIL, flows: {} },
    world: { users },
    isDeployed: false,
    prepare: ({ happenings }) =>
      happenings.listen((one) => one.kind === 'api-call' && calls.push(one.operation)),
  });

  const count = (operation: string) => calls.filter((one) => one === operation).length;
  assert.deepEqual([count('SearchUsers'), count('SearchQueues'), count('DescribeUser')], [4, 1, 10]);
  assert.match(
    findingsOf('mail-recipients').at(-1)?.what ?? '',
    /Mails of 1 queue and 10 agents, of 10 looked at, go to nobody/,
  );
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

test('a permission for Amazon SES that is missing is named', async (t) => {
  const { cannotTell, found } = await diagnose(t, {
    email: { sandbox: true },
    isDeployed: false,
    credentials: mayAllBut('ses:Get*'),
  });

  assert.equal(cannotTell['ses-limits'], 'ses:GetAccount is not allowed');
  assert.equal(cannotTell['sender-not-verified'], 'ses:GetEmailIdentity is not allowed');
  assert.ok(!found.includes('ses-limits'));
});
