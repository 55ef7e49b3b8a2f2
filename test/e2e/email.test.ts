import assert from 'node:assert/strict';
import { test } from 'node:test';
import { XMLParser } from 'fast-xml-parser';
import { configuredWorld } from '../../laptop/configured-world.ts';
import type { Interfere } from '../../simulator/gateway/fault.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import { fileAt, BILLING_ARN, CALLER, samplesOf, spokenNoise, startLaptop } from './laptop.ts';
import { assertSameSamples } from '../same-samples.ts';

const AUDIO = spokenNoise(2);
const DORA = {
  id: 'd4d4d4d4-0000-4000-8000-00000000d004',
  username: 'dora',
  secondaryEmail: 'dora@example.com',
};
const agentArn = (number: number) =>
  BILLING_ARN.replace(/queue\/.*$/, `queue/agent/d4d4d4d4-0000-4000-8000-00000000d00${number}`);
const SUPPORT_ARN = BILLING_ARN.replace('00b001', '00b002');
const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'></td>{{link}} $.Attributes.x &lt;b&gt;`;
const DOWN = new AwsError('InternalServiceErrorException', 500, 'SES is down');
const MAYBE_BEFORE = /^This message may have reached you before, by email\.$/m;

let words = 'please call me back';
let fault: Interfere = () => undefined;

const { simulator, happenings, settled, taskOf, tasksOf, until } = await startLaptop({
  metrics: 'full',
  world: { ...configuredWorld(), users: [...configuredWorld().users, DORA] },
  recognizer: createStandInRecognizer(() => words),
  interfere: (call) => fault(call),
  // Link and attachment.
  templatePatch: (template) => {
    const patched: unknown = JSON.parse(
      JSON.stringify(template).replace('"EMAIL_RECORDING":"link"', '"EMAIL_RECORDING":"both"'),
    );
    return patched;
  },
});

test('a queue’s voicemail goes to the address in its tag, with the recording to the byte and a link to it', async () => {
  const [mail] = await mailed({});

  assert.deepEqual(mail?.to, ['billing@example.com']);
  assert.equal(mail.from, '"Acme Voicemail" <voicemail@example.com>');
  assert.equal(mail.subject, 'Voicemail from +1 555 555 0142 for Billing');
  assert.match(mail.text ?? '', /^please call me back$/m);
  const linked = await fileAt(/^http\S+$/m.exec(mail.text ?? '')?.[0]);
  assertSameSamples(mail.attachments[0]?.bytes, linked);
  assertSameSamples(samplesOf(linked), AUDIO);
});

test('an agent is mailed at the email, the secondary one or the user name, in this order; a queue without a tag at the fallback address', async () => {
  const recipients = [agentArn(1), agentArn(4), agentArn(3), SUPPORT_ARN];

  const mails = await Promise.all(recipients.map((vmx3_queue_arn) => mailed({ vmx3_queue_arn })));

  assert.deepEqual(
    mails.map((ofOne) => ofOne.map(({ to }) => to.join())),
    [['ana.ruiz@example.com'], ['dora@example.com'], ['chloe@example.com'], ['voicemail-desk@example.com']],
  );
  assert.match(mails[0]?.[0]?.text ?? '', /^New voicemail for you$/m);
});

test('a call decides on recipients, each once, and on its template, which names its attributes', async () => {
  simulator.ses.addTemplate('west', {
    subject: '{{customer_tier}}: {{caller}}',
    text: 'Plan {{plan}}. {{attributes.[customer_tier]}}: {{transcript}}',
    html: '<p>{{plan}} {{transcript}}</p>',
  });

  const [mail] = await mailed({
    email_to: 'a@example.com, b@example.com; a@example.com',
    email_template: 'west',
    customer_tier: 'gold',
  });

  assert.deepEqual(mail?.to, ['a@example.com', 'b@example.com']);
  assert.equal(mail.subject, 'gold: +1 555 555 0142');
  assert.equal(mail.text, 'Plan —. gold: please call me back');
  const warning = logged().find((line) => line.includes('variables that are not there')) ?? '';
  assert.match(warning, /"names":\["plan"\]/);
  await counted('EmailVariablesMissing');
});

test('a template or a sender that cannot be used is replaced, and the mail says so', async () => {
  const [mail] = await mailed({ email_template: 'gone', email_from: 'x@elsewhere.example' });

  assert.equal(mail?.from, '"Acme Voicemail" <voicemail@example.com>');
  assert.match(mail.text ?? '', /^The email template "gone" cannot be used; this is the usual one\.$/m);
  assert.match(mail.text ?? '', /^The sender in the attribute email_from cannot be used\.$/m);
});

test('a mail for an agent who was deleted goes to the address of the fallback queue, with a note', async () => {
  const [mail] = await mailed({ vmx3_queue_arn: agentArn(9) });

  assert.deepEqual(mail?.to, ['billing@example.com']);
  assert.match(mail.text ?? '', /^This message was left for an agent that no longer exists\.$/m);
});

test('no transcript and no attribute becomes markup', async () => {
  const [plain] = await mailed({ email_template: 'gone' });
  words = HOSTILE;
  const [hostile] = await mailed({ email_template: HOSTILE, vmx3_from: HOSTILE, customer: HOSTILE });
  words = 'please call me back';

  const expected = elementsIn(plain?.html ?? '');
  const found = elementsIn(hostile?.html ?? '');
  assert.ok(found.text.includes('<script>alert(1)</script>'), 'it is to be read');
  assert.deepEqual(
    found.names.filter((name) => !expected.names.includes(name)),
    [],
  );
  assert.doesNotMatch(hostile?.subject ?? '', /[\r\n]/);
});

test('a mail that SES refuses becomes a guided task that says so', async () => {
  fault = onSendEmail(() => new AwsError('MessageRejected', 400, 'Email address is not verified.'));

  const contactId = leaveMessage({});
  const task = await taskOf(contactId);
  await settled(contactId);

  assert.equal(task.description, 'Delivery by email failed, so this is a guided task.\nplease call me back');
  assert.deepEqual(mailsOf(contactId), []);
  await counted('EmailsRefused');
});

test('a throttled mail is sent later, without a note about another one', async () => {
  const tooFast = new AwsError('TooManyRequestsException', 429, 'Maximum sending rate exceeded.');
  fault = onSendEmail((call) => (call > 2 ? undefined : tooFast));

  const mails = await mailed({});

  assert.equal(mails.length, 1);
  assert.doesNotMatch(mails[0]?.text ?? '', MAYBE_BEFORE);
});

test('a mail whose answer was lost is not sent again, because SES says that it was sent', async () => {
  let calls = 0;
  fault = onSendEmail((call) => {
    calls = call;
    return { when: 'after', error: new AwsError('InternalServiceErrorException', 500, 'the answer is lost') };
  });

  const mails = await mailed({});
  await simulator.clock.sleep(3_600_000);

  assert.equal(mails.length, 1);
  assert.equal(calls, 1);
  assert.deepEqual(tasksOf(mails[0]?.headers['X-Contact-Id'] ?? ''), []);
});

test('a mail that SES never accepted is sent once that is certain, with a note that it may be the second', async () => {
  fault = onSendEmail((call) => (call === 1 ? DOWN : undefined));

  const mails = await mailed({});

  assert.equal(mails.length, 1);
  assert.match(mails[0]?.text ?? '', MAYBE_BEFORE);
});

test('while SES does not answer at all, a guided task replaces the mail', async () => {
  fault = onSendEmail(() => DOWN);

  const task = await taskOf(leaveMessage({}));

  assert.match(task.description, MAYBE_BEFORE);
  assert.match(task.description, /^Delivery by email failed, so this is a guided task\.$/m);
});

test('a worker that dies between the mail and the ledger leaves one mail', async () => {
  let isDead = false;
  fault = ({ operation, caller }) => {
    if (operation === 'SendEmail') isDead = true;
    // Its message comes back after the visibility timeout, to another worker.
    if (operation === 'ChangeMessageVisibility') isDead = false;
    const isNote = isDead && operation === 'UpdateItem' && caller.includes('deliver');
    return isNote ? new AwsError('InternalServerError', 500, 'nobody is there to ask') : undefined;
  };

  const mails = await mailed({});
  await simulator.clock.sleep(3_600_000);

  assert.equal(mails.length, 1);
  assert.doesNotMatch(mails[0]?.text ?? '', MAYBE_BEFORE);
});

test('a mail that bounces is counted for the alarm, and the log names its voicemail', async () => {
  const [mail] = await mailed({ email_to: 'bounce@simulator.amazonses.com' });

  const contactId = mail?.headers['X-Contact-Id'] ?? 'none';
  await counted('EmailsBounced');
  assert.ok(logged().some((line) => line.includes(contactId) && line.includes('"event":"Bounce"')));
});

/** Leaves a message for an email, and waits until everything is done. Returns its mails. */
async function mailed(attributes: Readonly<Record<string, string>>) {
  const contactId = leaveMessage(attributes);
  await settled(contactId);
  fault = () => undefined;
  return mailsOf(contactId);
}

function leaveMessage(attributes: Readonly<Record<string, string>>): string {
  const call = { from: CALLER, queueArn: BILLING_ARN, audio: AUDIO };
  return simulator.connect.placeCall({
    ...call,
    attributes: { vmx3_flag: '1', vmx3_queue_arn: BILLING_ARN, vmx3_mode: 'email', ...attributes },
  }).contactId;
}

function mailsOf(contactId: string) {
  return simulator.ses.mails().filter(({ headers }) => headers['X-Contact-Id'] === contactId);
}

function counted(metric: string): Promise<unknown> {
  return until(metric, () => logged().find((line) => line.includes(`"${metric}":1`)));
}

function logged(): string[] {
  return happenings.flatMap((one) => (one.kind === 'log' ? [one.line] : []));
}

/** `faultOf` gets the number of the call of SendEmail, from 1. */
function onSendEmail(faultOf: (call: number) => ReturnType<Interfere>): Interfere {
  let calls = 0;
  return ({ operation }) => {
    if (operation !== 'SendEmail') return undefined;
    calls += 1;
    return faultOf(calls);
  };
}

/** The names of all elements and attributes of an HTML document, and its text. */
function elementsIn(html: string): { readonly names: readonly string[]; readonly text: string } {
  const parser = new XMLParser({
    ignoreAttributes: false,
    allowBooleanAttributes: true,
    htmlEntities: true,
    unpairedTags: ['meta', 'br'],
  });
  const names = new Set<string>();
  let text = '';
  JSON.stringify(parser.parse(html), (key, value: unknown) => {
    if (!/^\d*$/.test(key)) names.add(key);
    if (typeof value === 'string' && !key.startsWith('@_')) text += `${value}\n`;
    return value;
  });
  return { names: [...names], text };
}
