import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactAttributes } from '../../src/domain/contact-attributes.ts';
import {
  flowDocument,
  MINIMAL_RECORDER,
  says,
  setsAttributes,
  type ShortAction,
  type ShortFlow,
} from '../../test/flow-document.ts';
import type { Finding } from './finding.ts';
import { lintFlow } from './lint-flow.ts';

const END = { type: 'DisconnectParticipant' } as const;

const sets = (...names: readonly string[]) =>
  setsAttributes(Object.fromEntries(names.map((name) => [name, 'auto'])), 'end');

/** What is found at the action `bye`, in a flow that takes voicemails. */
const inVoicemailFlow = (bye: ShortAction, flow: ShortFlow = {}) =>
  lint({ ...MINIMAL_RECORDER, ...flow, bye: { ...bye, next: 'end' } });

/** What is found in a flow that only does this. */
const alone = (bye: ShortAction) => lint({ bye, end: END });

function lint(flow: ShortFlow, attributes: readonly string[] = []): readonly string[] {
  const document = flowDocument(flow);
  return lintFlow({ name: 'test', document, type: 'CONTACT_FLOW', known: { attributes } })
    .filter(({ action }) => action === 'bye')
    .map(inShort);
}

function inShort({ severity, rule, message }: Finding): string {
  const [, meant = ''] = /Did you mean (.*)\?/.exec(message) ?? [];
  return [severity, rule, meant.replaceAll('"', '')].filter(Boolean).join(' ');
}

/** What somebody may write, and what was meant. */
const MISSPELLED: Readonly<Record<string, string>> = {
  vmx3_lnag: 'vmx3_lang',
  vmx_flag: 'vmx3_flag',
  VMX3_flag: 'vmx3_flag',
  'vmx3-flag': 'vmx3_flag',
  vmx3flag: 'vmx3_flag',
  'vmx3 flag': 'vmx3_flag',
  'vmx3_flag ': 'vmx3_flag',
  vmxflag: 'vmx3_flag',
  vmx2_flag: 'vmx3_flag',
  vm3_flag: 'vmx3_flag',
  vxm3_from: 'vmx3_from',
  wmx3_mode: 'vmx3_mode',
  vmx3_form: 'vmx3_from',
  vmx3QueueArn: 'vmx3_queue_arn',
  vmx3_quere_arn: 'vmx3_queue_arn',
  vmx3_prefered_agent: 'vmx3_preferred_agent',
  'Vmx3-Preferred-Agent': 'vmx3_preferred_agent',
  vmx3_timestmap: 'vmx3_timestamp',
  vmx3_guided_taskflow: 'vmx3_guided_task_flow',
  vmx3_email_reply_too: 'vmx3_email_reply_to',
  vmx3_mail_to: 'vmx3_email_to',
  email_reply_too: 'email_reply_to',
  email_replyto: 'email_reply_to',
  'email-reply-to': 'email_reply_to',
  emailTemplate: 'email_template',
  email_tempalte: 'email_template',
};
for (const [name, meant] of Object.entries(MISSPELLED)) {
  test(`"${name}" in a flow for voicemails is taken for ${meant}, set or read`, () => {
    const expected = [`error misspelt-attribute ${meant}`];
    assert.deepEqual(inVoicemailFlow(sets(name)), expected);
    assert.deepEqual(inVoicemailFlow(says(`Hello $['Attributes']['${name}'].`, 'end')), expected);
  });
}

test('a common word that is similar to ours is only asked about, and only in a flow for voicemails', () => {
  for (const name of ['email_form', 'emailTo', 'EMAIL_TO', 'mail_to', 'email_tos']) {
    assert.deepEqual(
      inVoicemailFlow(sets(name)).map((found) => found.split(' email_')[0]),
      ['warning misspelt-attribute'],
      name,
    );
    assert.deepEqual(alone(sets(name)), [], name);
  }
});

test('a long name that is nearly ours is asked about in any flow', () => {
  assert.deepEqual(alone(sets('email_reply_too')), ['warning misspelt-attribute email_reply_to']);
  assert.deepEqual(alone(sets('vmx3_lnag')), ['error misspelt-attribute vmx3_lang']);
});

/** Names that customers have for their own ends. */
const THEIRS = `email, Email, email_address, emailAddress, email_id, email_body, email_subject, e_mail,
  customer_email, email_opt_in, email_sent, email_type, email_reply, email_from_crm, reply_to, vmx,
  VMX, vmx3, vm, vm_flag, vm_lang, vm_from, vm_mode, vm_queue_arn, voicemail_flag, flag, from, lang,
  mode, target, timestamp, queue_arn, task_flow, preferred_agent, template, contact_id, language, Plan,
  customer tier, max_queue_time, vip_flag, constructor`.split(/,\s*/);
test('names of customers are accepted', () => {
  for (const name of THEIRS) {
    assert.deepEqual(inVoicemailFlow(sets(name)), [], name);
    assert.deepEqual(inVoicemailFlow(says(`Hello $['Attributes']['${name}'].`, 'end')), [], name);
  }
});

test('every attribute of the table may be read, and be set if it is for flows', () => {
  for (const [name, { setByFlow }] of contactAttributes()) {
    assert.deepEqual(inVoicemailFlow(says(`Hello $.Attributes.${name}.`, 'end')), [], name);
    if (setByFlow && name !== 'vmx3_flag') assert.deepEqual(inVoicemailFlow(sets(name)), [], name);
  }
});

test('what only delivery sets is not for a flow to set', () => {
  for (const name of ['vmx3_contact_id', 'vmx3_preferred_agent_id', 'vmx3_from_extension'])
    assert.deepEqual(inVoicemailFlow(sets(name)), ['warning attribute-of-delivery'], name);
});

test('a name of earlier Voicemail Express that is not read has no effect, and the message says why', () => {
  const [finding, ...others] = lintFlow({
    name: 'test',
    document: flowDocument({ ...MINIMAL_RECORDER, bye: sets('vmx3_do_genai_summary') }),
  });

  assert.deepEqual(others, []);
  assert.deepEqual([finding?.severity, finding?.rule], ['warning', 'attribute-without-effect']);
  assert.match(finding?.message ?? '', /^"vmx3_do_genai_summary" has no effect .* No summaries are made\.$/);
});

test('a name that begins like ours and is not one of them has no effect', () => {
  const none = 'warning attribute-without-effect';
  assert.deepEqual(inVoicemailFlow(sets('vmx3_priority')), [none]);
  assert.deepEqual(inVoicemailFlow(sets('vmx3_language')), [`${none} vmx3_lang`]);
  assert.deepEqual(inVoicemailFlow(sets('vmx3_queue')), [`${none} vmx3_queue_arn`]);
  assert.deepEqual(inVoicemailFlow(sets('vmx3_queue_email')), [none]);
  assert.deepEqual(inVoicemailFlow(says('It was $.Attributes.vmx3_transcript.', 'end')), [none]);
});

test("a flow's own attributes are accepted, with any name", () => {
  for (const name of ['vmx3_rejected_offer', 'vmx3_do_genai_summary', 'vmx3_flow']) {
    const hello = says(`Hello $.Attributes.${name}.`, 'end');
    assert.deepEqual(inVoicemailFlow(sets(name), { sorry: hello }), [], name);
  }
});

test('a typing error is one even if the flow makes it twice', () => {
  const hello = says('Hello $.Attributes.vmx3_lnag.', 'end');

  assert.deepEqual(inVoicemailFlow(sets('vmx3_lnag'), { sorry: hello }), [
    'error misspelt-attribute vmx3_lang',
  ]);
});

const keeps = (name: string): ShortAction => ({
  type: 'UpdateFlowAttributes',
  parameters: { FlowAttributes: { [name]: { Value: 'x' } } },
  next: 'end',
  errors: { NoMatchingError: 'end' },
});

test('one of ours that is set for the flow alone does not reach the voicemail', () => {
  assert.deepEqual(inVoicemailFlow(keeps('vmx3_mode')), []);
  assert.deepEqual(inVoicemailFlow(keeps('vmx3_preferred_agent')), ['error flow-attribute']);
  assert.deepEqual(inVoicemailFlow(keeps('email_to')), ['error flow-attribute']);
});

test('a flow attribute that the flow reads, or that is not ours, is accepted', () => {
  const copies = setsAttributes({ vmx3_task_flow: '$.FlowAttributes.vmx3_task_flow' }, 'end');
  const reads = says('$.FlowAttributes.vmx3_guided_task_flow', 'end');

  assert.deepEqual(inVoicemailFlow(keeps('vmx3_task_flow'), { sorry: copies }), []);
  assert.deepEqual(inVoicemailFlow(keeps('vmx3_guided_task_flow'), { sorry: reads }), []);
  assert.deepEqual(inVoicemailFlow(keeps('vmx3_presigner_arn')), []);
  assert.deepEqual(inVoicemailFlow(keeps('offer')), []);
});

test('an attribute of another contact, or with a computed name, is ignored', () => {
  const related = {
    ...sets('vmx3_lnag'),
    parameters: { Attributes: { vmx3_lnag: 'x' }, TargetContact: 'Related' },
  };

  assert.deepEqual(inVoicemailFlow(related), []);
  assert.deepEqual(inVoicemailFlow(sets('vmx3_$.External.name')), []);
});

test('a name that is known to be their own is not reported by any rule', () => {
  for (const name of ['vmx3_lnag', 'vmx3_priority', 'vmx3_do_genai_summary', 'email_form'])
    assert.deepEqual(lint({ ...MINIMAL_RECORDER, bye: sets(name) }, [name]), [], name);
});
