import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_ID } from '../../test/contact-record.ts';
import { mailing } from '../../test/mailing.ts';
import { MINUTE_MS, NOW } from '../../test/voicemails.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';

const MAYBE = 'This message may have reached you before, by email.';
const unanswered = () => Promise.reject(new RetryableError('UNANSWERED', 'lost'));
const throttled = () => Promise.reject(new RetryableError('UNAVAILABLE', 'too fast'));
const refused = () => Promise.reject(new PermanentError('REFUSED', 'no'));

test('a mail is noted in the ledger before SES is called', async () => {
  const world = mailing({
    sendMail: async () => {
      assert.deepEqual(world.entry()?.mailing, { atMs: NOW, tries: 1 });
      return 'mail-1';
    },
  });

  assert.deepEqual(await world.send(), { messageId: 'mail-1', notes: [] });
});

test('a throttled mail, which was not sent, leaves nothing in the ledger', async () => {
  const world = mailing({ sendMail: throttled });

  await assert.rejects(world.send());

  assert.equal(world.entry()?.mailing, undefined);
});

test('a voicemail that could not be mailed is never mailed, since a task may have been made of it', async () => {
  const cases = [
    ['REFUSED', { sendMail: refused }],
    ['NO_RECIPIENT', { addressesOf: async () => [] }],
  ] as const;
  for (const [code, trouble] of cases) {
    const world = mailing({ ...trouble });
    await assert.rejects(world.send(), { name: 'PermanentError', code });
    assert.deepEqual(world.entry()?.mailing, { atMs: NOW, tries: 0, givenUp: code });

    world.answerWith('mail-1');
    await assert.rejects(world.send(), { name: 'PermanentError', code });

    assert.deepEqual(world.mails, []);
  }
});

test('if giving up cannot be noted, the message is tried again, and no task is made', async () => {
  const world = mailing({ addressesOf: async () => [], noteMailing: refused });

  await assert.rejects(world.send(), { name: 'RetryableError', code: 'UNAVAILABLE' });
});

test('a mail is not given up if SES reports just then that it sent it', async () => {
  const world = mailing({ sendMail: unanswered });
  for (let tries = 0; tries < 2; tries += 1) {
    await assert.rejects(world.send(), { code: 'UNANSWERED' });
    world.time.ms += 6 * MINUTE_MS;
  }
  const known = world.entry()?.mailing;
  await world.ledger.noteMailSent(CONTACT_ID, 'mail-7');

  await assert.rejects(world.sendKnowing(known), { name: 'RetryableError', code: 'NOT_READY' });

  assert.equal((await world.send()).messageId, 'mail-7');
});

test('a mail without an answer is not sent again while SES may still say that it was', async () => {
  const world = mailing({ sendMail: unanswered });
  await assert.rejects(world.send(), { code: 'UNANSWERED' });

  world.time.ms += 4 * MINUTE_MS;
  await assert.rejects(world.send(), { code: 'NOT_READY' });

  assert.deepEqual(world.entry()?.mailing, { atMs: NOW, tries: 1 });
});

test('a mail that SES says it sent is the one that was delivered', async () => {
  const world = mailing({ sendMail: unanswered });
  await assert.rejects(world.send());

  await world.ledger.noteMailSent(CONTACT_ID, 'mail-7');

  assert.equal((await world.send()).messageId, 'mail-7');
});

test('a mail that SES never reports is sent once more, with a note, and then not again', async () => {
  let tries = 0;
  const world = mailing({
    sendMail: () => {
      tries += 1;
      return tries === 2 ? throttled() : unanswered();
    },
  });
  await assert.rejects(world.send(), { code: 'UNANSWERED' });

  world.time.ms += 6 * MINUTE_MS;
  await assert.rejects(world.send(), { code: 'UNAVAILABLE' });
  assert.deepEqual(world.entry()?.mailing, { atMs: NOW, tries: 1 }, 'the first one is still in doubt');
  await assert.rejects(world.send(), { code: 'UNANSWERED' });
  world.time.ms += 6 * MINUTE_MS;

  await assert.rejects(world.send(), { name: 'PermanentError', code: 'UNANSWERED' });
  assert.equal(tries, 3);
});

test('the second mail says that it may be the second', async () => {
  const world = mailing({ sendMail: unanswered });
  await assert.rejects(world.send());
  world.time.ms += 6 * MINUTE_MS;
  world.answerWith('mail-2');

  assert.deepEqual(await world.send(), { messageId: 'mail-2', notes: [MAYBE] });
  assert.match(world.mails[0]?.text ?? '', /may have reached you before/);
});

test('of two tries with the same ledger entry only one calls SES', async () => {
  const world = mailing();
  await world.send();

  await assert.rejects(world.sendKnowing(undefined), { code: 'NOT_READY' });

  assert.equal(world.mails.length, 1);
});

test('a sender of the call that SES refuses is replaced by the usual one, with a note', async () => {
  const world = mailing({
    attributes: { vmx3_email_from: 'west@elsewhere.example', email_to: 'a@example.com' },
    refuses: ({ from }) => from.includes('elsewhere'),
  });

  const { notes } = await world.send();

  assert.equal(world.mails[0]?.from, '"Acme Voicemail" <vm@example.com>');
  assert.deepEqual(notes, ['The sender in the attribute email_from cannot be used.']);
  assert.deepEqual(world.setbacks, [`the mail was not sent from the address in email_from: ${CONTACT_ID}`]);
});

test('a template that is gone or broken is replaced by our own, with a note', async () => {
  const broken = { subject: 's', text: '{{#shout caller}}{{/shout}}' };
  const gone = { readTemplate: () => Promise.reject(new PermanentError('TEMPLATE', 'gone')) };
  const attributes = { email_template: 'west' };

  for (const changes of [gone, { readTemplate: async () => broken }]) {
    const world = mailing({ ...changes, attributes });
    const { notes } = await world.send();

    assert.deepEqual(notes, ['The email template "west" cannot be used; this is the usual one.']);
    assert.match(world.mails[0]?.subject ?? '', /^Voicemail from/);
    assert.match(world.mails[0]?.html ?? '', /cannot be used; this is the usual one/);
  }
});

test('a missing variable is a dash in the mail, and its name is reported', async () => {
  const world = mailing({
    readTemplate: async () => ({ subject: '{{tier}}', text: '{{plan}} {{transcript}}' }),
    attributes: { email_template: 'west', tier: 'gold' },
  });

  await world.send();

  assert.equal(world.mails[0]?.text, '— Please call me back.');
  assert.deepEqual(world.missing, ['plan']);
});

test('a recording is attached, linked or both, and a large one is linked with a note', async () => {
  const cases = [
    ['link', 10, false, true],
    ['attach', 10, true, false],
    ['both', 10, true, true],
    ['attach', 1, false, true],
    ['both', 1, false, true],
  ] as const;

  for (const [recording, largestAttachmentBytes, isAttached, isLinked] of cases) {
    const world = mailing({ settings: { recording, largestAttachmentBytes } });
    const { notes } = await world.send();
    const [mail] = world.mails;

    assert.equal(mail?.attachment !== undefined, isAttached);
    assert.equal(mail?.text?.includes('https://links.example.com/r/token'), isLinked);
    assert.deepEqual(
      notes,
      largestAttachmentBytes === 1 ? ['The recording is too large to be attached.'] : [],
    );
  }
});

test('a recording that cannot be read is linked, with a note', async () => {
  const world = mailing({ settings: { recording: 'attach' }, readRecording: refused });

  const { notes } = await world.send();

  assert.deepEqual(notes, ['The recording could not be attached.']);
  assert.match(world.mails[0]?.text ?? '', /https:\/\/links\.example\.com/);
});

test('without links a mail without its recording says who can play it', async () => {
  const tooLarge = mailing({
    isWithoutLinks: true,
    settings: { recording: 'attach', largestAttachmentBytes: 1 },
  });
  const attached = mailing({ isWithoutLinks: true, settings: { recording: 'attach' } });

  const [{ notes }, whole] = [await tooLarge.send(), await attached.send()];

  assert.deepEqual(notes, [
    'The recording is too large to be attached.',
    'Only an administrator can play it.',
  ]);
  assert.doesNotMatch(tooLarge.mails[0]?.text ?? '', /https:|Play the message|Everybody who has the link/);
  assert.deepEqual(whole.notes, []);
});

test('a call that was not recorded is mailed as a request to call back', async () => {
  const world = mailing({ unrecorded: true, settings: { recording: 'both' } });

  await world.send();

  assert.match(world.mails[0]?.text ?? '', /The message could not be recorded. Please call back./);
  assert.equal(world.mails[0]?.attachment, undefined);
});

test('if addresses must not be read, the fallback address gets the mail', async () => {
  const world = mailing({ addressesOf: refused, settings: { fallbackTo: 'all@example.com' } });

  await world.send();

  assert.deepEqual(world.mails[0]?.to, ['all@example.com']);
});

test('a queue whose tag is not an address is named in the mail and reported, and its mail goes to the fallback', async () => {
  const world = mailing({
    addressesOf: async () => ['billing.example.com'],
    settings: { fallbackTo: 'all@example.com' },
  });

  const { notes } = await world.send();

  assert.deepEqual(world.mails[0]?.to, ['all@example.com']);
  assert.deepEqual(notes, ["Not all of the queue's tag vmx3_queue_email is an email address."]);
  assert.deepEqual(world.unusable, ['vmx3_queue_email']);
});

test('a recipient in another domain gets nothing, and the others read that somebody was left out', async () => {
  const world = mailing({
    attributes: { email_to: 'a@evil.example, b@example.com' },
    settings: { allowedDomains: ['example.com'] },
  });

  const { notes } = await world.send();

  assert.deepEqual(world.mails[0]?.to, ['b@example.com']);
  assert.match(notes.join(), /^Not everybody who was named gets this mail/);
  assert.deepEqual(world.notAllowed, [1]);
});

test('the mail of a test goes to the mailbox simulator, whatever attributes, tags and settings say', async () => {
  const world = mailing({
    isTest: true,
    attributes: { email_to: 'caller@example.org', vmx3_email_to: 'other@example.org' },
    addressesOf: () => Promise.reject(new Error('nobody need be looked up')),
    settings: { fallbackTo: 'desk@example.com', allowedDomains: ['example.com'] },
  });

  await world.send();

  assert.deepEqual(
    world.mails.map(({ to }) => to),
    [[`success+${CONTACT_ID}@simulator.amazonses.com`]],
  );
  assert.deepEqual([world.notAllowed, world.unusable], [[], []]);
});

test('attributes alone make no mail one of a test', async () => {
  const world = mailing({ attributes: { vmx3_test: '1', isTest: 'true', 'is-test': 'true' } });

  await world.send();

  assert.deepEqual(world.mails[0]?.to, ['billing@example.com']);
});
