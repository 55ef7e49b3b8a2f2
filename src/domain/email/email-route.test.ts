import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailRoute, type EmailSettings, recordingIn } from './email-route.ts';
import { PermanentError } from '../errors.ts';

const SETTINGS: EmailSettings = {
  from: 'Acme Voicemail <vm@example.com>',
  replyTo: 'desk@example.com',
  fallbackTo: 'all@example.com, night@example.com',
  templates: { agent: 'for-agents' },
};

const routeOf = (
  attributes: Record<string, string>,
  {
    addresses = ['billing@example.com'],
    settings = SETTINGS,
  }: { addresses?: (string | undefined)[]; settings?: EmailSettings } = {},
) => emailRoute({ attributes, addresses, kind: 'queue', settings });

test('a mail goes to the recipient’s address, as the administrator decided', () => {
  assert.deepEqual(routeOf({}), {
    from: '"Acme Voicemail" <vm@example.com>',
    to: ['billing@example.com'],
    replyTo: ['desk@example.com'],
    templateName: undefined,
    notes: [],
    unusable: [],
    notAllowed: 0,
  });
});

test('a flow decides for its call, and vmx3_ names come first', () => {
  const route = routeOf({
    email_from: 'Acme West <west@example.com>',
    email_to: 'a@example.com',
    vmx3_email_to: 'b@example.com; c@example.com, B@example.com, b@EXAMPLE.com',
    email_reply_to: 'r@example.com',
    vmx3_email_template: ' ',
    email_template: 'west',
  });

  assert.deepEqual(route, {
    from: '"Acme West" <west@example.com>',
    to: ['b@example.com', 'c@example.com', 'B@example.com'],
    replyTo: ['r@example.com'],
    templateName: 'west',
    notes: [],
    unusable: [],
    notAllowed: 0,
  });
});

test('an agent without email is reached by the next best address, if the user name is one', () => {
  const saml = [undefined, '', 'chloe@example.com'];

  assert.deepEqual(routeOf({}, { addresses: saml }).to, ['chloe@example.com']);
  assert.deepEqual(routeOf({}, { addresses: [undefined, undefined, 'chloe'] }).to, [
    'all@example.com',
    'night@example.com',
  ]);
});

test('an attribute that is not an address is skipped, with a note that does not repeat it', () => {
  const { from, to, notes } = routeOf({
    email_to: 'billing at example',
    email_from: 'x\r\nBcc: y@example.com',
  });

  assert.equal(from, '"Acme Voicemail" <vm@example.com>');
  assert.deepEqual(to, ['billing@example.com']);
  assert.deepEqual(notes, [
    'Not all of the attribute email_to is an email address.',
    'The attribute email_from is not an email address.',
  ]);
});

test('a queue’s tag has addresses between spaces, and is named if it is not one', () => {
  const spaced = routeOf({}, { addresses: ['a@example.com b@example.com'] });
  const wrong = routeOf({}, { addresses: ['billing.example.com'] });

  assert.deepEqual([spaced.to, spaced.notes], [['a@example.com', 'b@example.com'], []]);
  assert.deepEqual(wrong.to, ['all@example.com', 'night@example.com']);
  assert.deepEqual(wrong.notes, ["Not all of the queue's tag vmx3_queue_email is an email address."]);
  assert.deepEqual(wrong.unusable, ['vmx3_queue_email']);
});

test('recipients of other domains are left out with a note, no matter who named them, and answers may go anywhere', () => {
  const settings = { ...SETTINGS, allowedDomains: ['example.com'] };
  const partly = routeOf(
    { email_to: 'a@evil.example, b@example.com', email_reply_to: 'c@d.example' },
    { settings },
  );
  const none = routeOf(
    {},
    { addresses: ['a@evil.example'], settings: { ...settings, fallbackTo: 'x@y.example' } },
  );

  assert.deepEqual([partly.to, partly.replyTo, partly.notAllowed], [['b@example.com'], ['c@d.example'], 1]);
  assert.deepEqual(partly.notes, [
    'Not everybody who was named gets this mail: it may go to some domains only.',
  ]);
  assert.deepEqual([none.to, none.notAllowed], [[], 2]);
});

test('a user name that is no address is no mistake', () => {
  const route = emailRoute({ attributes: {}, addresses: ['chloe'], kind: 'agent', settings: SETTINGS });

  assert.deepEqual([route.notes, route.unusable], [[], []]);
});

test('an agent and a queue have templates of their own', () => {
  const route = emailRoute({
    attributes: {},
    addresses: ['a@example.com'],
    kind: 'agent',
    settings: SETTINGS,
  });

  assert.equal(route.templateName, 'for-agents');
});

test('a voicemail for which there is no address goes to nobody, and one without a sender is refused', () => {
  const { fallbackTo: _, ...settings } = SETTINGS;

  assert.deepEqual(routeOf({}, { addresses: [], settings }).to, []);
  assert.throws(() => routeOf({}, { settings: { ...SETTINGS, from: 'nobody' } }), PermanentError);
});

test('a recording that is too large to attach is linked instead', () => {
  const small = { sizeBytes: 100, largestBytes: 100 };
  const large = { sizeBytes: 101, largestBytes: 100 };

  assert.deepEqual(recordingIn('attach', small), { isAttached: true, isLinked: false });
  assert.deepEqual(recordingIn('attach', large), { isAttached: false, isLinked: true });
  assert.deepEqual(recordingIn('both', small), { isAttached: true, isLinked: true });
  assert.deepEqual(recordingIn('both', large), { isAttached: false, isLinked: true });
  assert.deepEqual(recordingIn('link', small), { isAttached: false, isLinked: true });
});
