import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { BILLING_ARN, INSTANCE_ARN } from '../../../test/contact-record.ts';
import { voicemailOf } from '../../../test/voicemails.ts';
import { renderEmail } from './email.ts';
import { defaultTemplate } from './email-templates.ts';
import { type EmailFacts, emailVariables } from './email-variables.ts';

const FACTS: EmailFacts = {
  voicemail: voicemailOf(),
  recipient: { queueArn: BILLING_ARN, name: 'Billing' },
  transcript: 'Please call me back.',
  duration: '45 s',
  linkUrl: 'https://links.example.com/r/token',
  notes: [],
  timeZone: 'America/New_York',
};

const withAttributes = (attributes: Record<string, string>) =>
  emailVariables({ ...FACTS, voicemail: voicemailOf({ attributes }) });

test('a template can name the contact’s attributes and the data of the call', () => {
  const template = {
    subject: '{{customer_tier}}: {{caller}}',
    text: '{{recipient}} {{queue}} {{callback_number}} {{time}} {{time_utc}} {{duration}} {{link}} {{language}} {{transcript}}',
  };

  const { subject, text, html, missing } = renderEmail(template, withAttributes({ customer_tier: 'gold' }));

  assert.equal(subject, 'gold: +1 555 555 0142');
  assert.equal(
    text,
    'Billing Billing +15555550142 Mar 4, 2026, 9:00 AM EST, UTC−5 2026-03-04T14:00:02.000Z 45 s https://links.example.com/r/token en-US Please call me back.',
  );
  assert.equal(html, undefined);
  assert.deepEqual(missing, []);
});

test('an attribute whose name is not an identifier is written in brackets', () => {
  const template = { subject: 's', text: '{{attributes.[customer tier]}} {{attributes.plan}}' };

  assert.equal(renderEmail(template, withAttributes({ 'customer tier': 'gold', plan: 'B' })).text, 'gold B');
});

test('an attribute cannot replace the data of the call', () => {
  const variables = withAttributes({ link: 'https://evil.example.com', caller: 'the boss', attributes: 'x' });

  const { text } = renderEmail({ subject: 's', text: '{{caller}} {{link}} {{attributes.link}}' }, variables);

  assert.equal(text, '+1 555 555 0142 https://links.example.com/r/token https://evil.example.com');
});

test('a template of the Voicemail Express in Python is filled', () => {
  const template = {
    subject: 'Voicemail from {{vmx3_from}}',
    html: '<p>{{vmx3_transcript_contents}} {{transcript_contents}}</p><a href="{{vmx3_presigned_url}}">{{presigned_url}}</a>',
    text: '{{entity_name}}|{{vmx3_queue_name}}|{{vmx3_agent_name}}|{{vmx3_genai_summary}}|{{vmx3_datetime}}|{{vmx3_lang}}|{{callback_number}}',
  };

  const { missing, ...mail } = renderEmail(template, withAttributes({ vmx3_from: 'x', presigned_url: 'y' }));

  assert.deepEqual(mail, {
    subject: 'Voicemail from +1 555 555 0142',
    html: '<p>Please call me back. Please call me back.</p><a href="https://links.example.com/r/token">https://links.example.com/r/token</a>',
    text: 'Billing|Billing|||Mar 4, 2026, 9:00 AM EST, UTC−5|en-US|+15555550142',
  });
  assert.deepEqual(missing, []);
});

test('a missing variable is a dash in the mail and is named, and the mail goes out', () => {
  const template = {
    subject: 'Voicemail for {{customer_tier}}',
    html: '<p>{{customer_tier}}, {{attributes.plan}}</p>',
    text: '{{plan.name}}',
  };

  const { missing, ...mail } = renderEmail(template, withAttributes({}));

  assert.deepEqual(mail, { subject: 'Voicemail for —', html: '<p>—, —</p>', text: '—' });
  assert.deepEqual(missing, ['customer_tier', 'attributes.plan', 'plan.name']);
});

test('a variable in a condition does not count as missing', () => {
  const template = { subject: 's', text: '{{#if tier}}{{tier}}{{else}}no tier{{/if}}' };

  const { text, missing } = renderEmail(template, withAttributes({}));

  assert.deepEqual([text, missing], ['no tier', []]);
});

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>{{link}}\u0000\u202E&lt;`;

test('no transcript and no attribute becomes markup, in two or three braces', () => {
  const template = { subject: 's', html: '<p title="{{x}}">{{x}} {{{x}}} {{&x}}</p>' };

  const { html } = renderEmail(template, withAttributes({ x: HOSTILE }));

  const shown =
    '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src&#61;x onerror&#61;&#39;alert(2)&#39;&gt;{{link}}  &amp;lt;';
  assert.equal(html, `<p title="${shown}">${shown} ${shown} ${shown}</p>`);
});

test('hostile words stay escaped wherever a template takes them from', () => {
  const ways = [
    '{{lookup attributes "x"}}',
    '{{{lookup . "x"}}}',
    '{{#with x}}{{{this}}}{{/with}}',
    '{{#x}}{{&.}}{{/x}}',
    '{{#each attributes as |value name|}}{{{value}}}{{/each}}',
    '{{#*inline "p"}}{{{y}}}{{/inline}}{{> p y=x}}',
    '{{#*inline "p"}}\n{{{x}}}\n{{/inline}}\n  {{> p}}',
    '{{{"x"}}}',
    '{{~{@root.x}~}}',
  ];
  const [shown = ''] = [renderEmail({ subject: 's', html: '{{x}}' }, withAttributes({ x: HOSTILE })).html];

  for (const html of ways) {
    const mail = renderEmail({ subject: 's', html }, withAttributes({ x: HOSTILE }));

    assert.equal(mail.html?.trim(), shown, html);
  }
});

test('a hostile name of an attribute is escaped, and a link from it is checked', () => {
  const attributes = { '<b>': 'x', 'javascript:alert(1)': 'y' };
  const html =
    '{{#each attributes}}{{@key}} <a href="{{@key}}">{{/each}}{{#each attributes as |v k|}}{{{k}}}{{/each}}';

  const mail = renderEmail({ subject: 's', html }, withAttributes(attributes));

  assert.equal(
    mail.html,
    '&lt;b&gt; <a href="#">javascript:alert(1) <a href="#">&lt;b&gt;javascript:alert(1)',
  );
});

test('a link that begins with a value is kept only if it is safe', () => {
  const template = { subject: 's', html: `<a href="{{x}}"> <img src='{{x}}'> <a HREF = {{x}}>` };
  const shown = (x: string) => renderEmail(template, withAttributes({ x })).html;

  for (const x of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '//evil', 'x', '']) {
    assert.equal(shown(x), `<a href="#"> <img src='#'> <a HREF = #>`);
  }
  assert.match(shown('https://a.example/?q=1') ?? '', /^<a href="https:\/\/a\.example\/\?q&#61;1">/);
});

test('a subject is one line, even if an attribute has line breaks', () => {
  const x = 'a\r\nBcc: evil@example.com\u2028\u0000\tb\uD800';

  const { subject } = renderEmail({ subject: 'Hi {{x}}', text: 't' }, withAttributes({ x }));

  assert.equal(subject, 'Hi a Bcc: evil@example.com b\uFFFD');
});

test('a long subject is cut between characters', () => {
  const { subject } = renderEmail({ subject: '😀'.repeat(300), text: 't' }, {});

  assert.equal(subject, `${'😀'.repeat(124)}…`);
});

test('a template needs a part to show', () => {
  assert.throws(() => renderEmail({ subject: 's' }, {}), { name: 'PermanentError', code: 'TEMPLATE' });
});

test('the default mail has all data, in both parts', () => {
  const variables = emailVariables({ ...FACTS, notes: ['The agent is gone.', 'Parts are missing.'] });
  for (const recipient of ['agent', 'queue'] as const) {
    const { subject, html = '', text = '', missing } = renderEmail(defaultTemplate(recipient), variables);

    assert.equal(subject, 'Voicemail from +1 555 555 0142 for Billing');
    assert.deepEqual(missing, []);
    for (const part of [html, text]) {
      for (const fact of [
        '+1 555 555 0142',
        '+15555550142',
        'Mar 4, 2026, 9:00 AM EST, UTC−5',
        '45 s',
        'https://links.example.com/r/token',
        'The agent is gone.\nParts are missing.',
        'Please call me back.',
        FACTS.voicemail.contactId,
      ]) {
        assert.ok(part.includes(fact), `${fact} is not in ${part}`);
      }
    }
    assert.match(html, /<a ses:no-track href="https:\/\/links\.example\.com\/r\/token"/);
    assert.match(html, /<a class="strong" ses:no-track href="tel:\+15555550142"/);
  }
});

test('the default mail has no button without effect', () => {
  const voicemail = voicemailOf({ from: undefined });
  const { linkUrl: _, duration: __, ...rest } = FACTS;

  const { html = '', text = '' } = renderEmail(
    defaultTemplate('queue'),
    emailVariables({ ...rest, voicemail }),
  );

  assert.doesNotMatch(html, /<a /);
  assert.doesNotMatch(text, /Play|Call back/);
  assert.match(text, /From: +a withheld number/);
});

test('a mail has the extension beside the number, and dials the number alone', () => {
  const voicemail = voicemailOf({ from: '+1 (555) 555-0142 x123' });
  const variables = emailVariables({ ...FACTS, voicemail });

  const { subject, html = '', text = '' } = renderEmail(defaultTemplate('queue'), variables);

  assert.equal(subject, 'Voicemail from +1 555 555 0142 ext. 123 for Billing');
  assert.match(text, /^Call back: \+15555550142 ext\. 123$/m);
  assert.match(html, /href="tel:\+15555550142"[^>]*>Call back \+1 555 555 0142 ext\. 123</);
  const own = { subject: 's', text: '{{callback_number}}|{{callback_extension}}' };
  assert.equal(renderEmail(own, variables).text, '+15555550142|123');
  assert.equal(renderEmail(own, emailVariables(FACTS)).text, '+15555550142|');
});

test('a mail about a withheld number offers no number, whatever the network put in its place', () => {
  for (const from of ['+86282452253', '"Anonymous" <sip:anonymous@anonymous.invalid>', 'Unbekannt']) {
    const variables = emailVariables({ ...FACTS, voicemail: voicemailOf({ from }) });

    const { subject, html = '', text = '' } = renderEmail(defaultTemplate('queue'), variables);

    assert.equal(subject, 'Voicemail from a withheld number for Billing');
    for (const part of [html, text]) assert.doesNotMatch(part, /tel:|Call back/);
  }
});

test('an agent’s mail says so', () => {
  const recipient = { queueArn: `${INSTANCE_ARN}/queue/agent/d001`, name: 'Ana Ruiz' };
  const template = { subject: '{{agent}}|{{queue}}|{{recipient}}', text: 't' };

  const { subject } = renderEmail(template, emailVariables({ ...FACTS, recipient }));

  assert.equal(subject, 'Ana Ruiz||Ana Ruiz');
});

const tagsOf = (html: string) => (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/".*"/, '""'));

test('whatever callers say and flows set, the default mail has the markup of its template', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(HOSTILE, '{{{{', '__proto__'));
  const plain = renderEmail(defaultTemplate('queue'), emailVariables({ ...FACTS, notes: ['x'] }));
  fc.assert(
    fc.property(text, text, fc.dictionary(text, text), (said, name, attributes) => {
      const { html = '', subject } = renderEmail(
        defaultTemplate('queue'),
        emailVariables({
          ...FACTS,
          transcript: said,
          notes: [`${name}x`],
          recipient: { queueArn: BILLING_ARN, name },
          voicemail: voicemailOf({ attributes }),
        }),
      );

      assert.deepEqual(tagsOf(html), tagsOf(plain.html ?? ''));
      assert.doesNotMatch(subject, /[\p{Cc}\u2028\u2029]/u);
    }),
  );
});
