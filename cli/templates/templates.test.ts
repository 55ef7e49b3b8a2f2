import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwsError } from '../../simulator/service.ts';
import { templatesAtHand } from './templates.fixture.ts';

const THROTTLED = new AwsError('TooManyRequestsException', 429, 'Rate exceeded');

test('a template is made, listed, shown, changed and deleted', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const html = file('west.html', '<p>{{caller}}</p>');
  const text = file('west.txt', '{{caller}}\n');

  assert.deepEqual(
    await vmx('create', 'west', '--subject', 'From {{caller}}', '--html', html, '--text', text),
    {
      code: 0,
      out: 'west is created. A flow asks for it with the attribute email_template = west.',
      err: '',
    },
  );
  assert.match((await vmx('list')).out, /^west {2}\d{4}-\d\d-\d\d$/);
  assert.equal(
    (await vmx('show', 'west')).out,
    [
      'Subject    From {{caller}}',
      'Variables  {{caller}}',
      '',
      '--- text ---',
      '{{caller}}',
      '',
      '--- HTML ---',
      '<p>{{caller}}</p>',
    ].join('\n'),
  );
  assert.equal((await vmx('update', 'west', '--subject', 'Call from {{caller}}')).code, 0);
  assert.equal((await vmx('show', 'west', '--html')).out, '<p>{{caller}}</p>');
  assert.equal((await vmx('delete', 'west', '--yes')).out, 'west is deleted.');
  assert.match((await vmx('list')).out, /no templates in SES/);
});

test('what show writes as JSON, create and update read', async (t) => {
  const { vmx, file } = await templatesAtHand(t);

  const ours = await vmx('show', '--default', 'agent', '--json');
  const copy = file('copy.json', ours.out);
  const created = await vmx('create', 'copy', '--file', copy, '--json');
  const shown = await vmx('show', 'copy', '--json');

  assert.deepEqual(JSON.parse(created.out), { name: 'copy', done: 'created', warnings: [] });
  assert.deepEqual(JSON.parse(shown.out), { ...JSON.parse(ours.out), TemplateName: 'copy' });
});

test('a template of SES v1 is read, and --file leaves nothing of what was there', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const v1 = { Template: { TemplateName: 'old', SubjectPart: 's', HtmlPart: '<p>h</p>', TextPart: 't' } };
  const v2 = { Subject: 's2', Text: 't2' };

  await vmx('create', 'moved', '--file', file('v1.json', v1));
  const before = JSON.parse((await vmx('show', 'moved', '--json')).out);
  await vmx('update', 'moved', '--file', file('v2.json', v2));
  const after = JSON.parse((await vmx('show', 'moved', '--json')).out);

  assert.deepEqual(before.TemplateContent, { Subject: 's', Html: '<p>h</p>', Text: 't' });
  assert.deepEqual(after.TemplateContent, v2);
});

test('a long list is asked for page by page, one call a second', async (t) => {
  const { vmx, ses, waits } = await templatesAtHand(t);
  for (let index = 0; index < 250; index += 1) ses.addTemplate(`t${index}`, { subject: 's', text: 't' });

  const { out } = await vmx('list', '--json');

  const names = JSON.parse(out).map(({ name }: { name: string }) => name);
  assert.equal(new Set(names).size, 250);
  assert.deepEqual(waits, [1100, 1100]);
});

test('a throttled call is retried more and more slowly, and a limited number of times', async (t) => {
  const { vmx, waits } = await templatesAtHand(t, { refusals: Array.from({ length: 7 }, () => THROTTLED) });

  const first = await vmx('list');
  const second = await vmx('list');

  assert.equal(first.code, 1);
  assert.match(first.err, /SES answers one template call a second/);
  assert.match(second.out, /no templates in SES/);
  assert.deepEqual(waits, [2200, 3300, 4400, 5500, 2200, 3300]);
});

test('a template that cannot be used is refused with every place, unless forced', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const html = file('bad.html', '<p>\n  {{upper caller}}\n{{#if x}}{{lower x}}{{/if}}</p>');

  const refused = await vmx('create', 'bad', '--subject', '{{caller', '--html', html);
  const forced = await vmx('create', 'bad', '--subject', 's', '--html', html, '--force');
  const updated = await vmx('update', 'bad', '--html', html);

  assert.equal(refused.code, 1);
  assert.equal(
    refused.err.replaceAll(html, 'bad.html'),
    [
      'vmx templates: the template cannot be used:',
      '  the subject, line 1, column 3: the braces before this are not closed: }} is missing',
      '  bad.html, line 2, column 3: there is no helper upper. A name with spaces needs brackets: {{attributes.[upper caller]}}',
      '  bad.html, line 3, column 10: there is no helper lower. A name with spaces needs brackets: {{attributes.[lower x]}}',
      'Mails would be written with our own template instead. --force keeps it as it is.',
    ].join('\n'),
  );
  assert.equal(forced.code, 0);
  assert.equal(updated.code, 1);
});

test('a template that calls itself is refused', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const text = file('loop.txt', '{{#*inline "p"}}{{> p}}{{/inline}}{{> p}}');

  const { code, err } = await vmx('create', 'loop', '--subject', 's', '--text', text);

  assert.equal(code, 1);
  assert.match(err, /loop\.txt, line 1, column 17: its parts call each other too deep/);
});

test('a typing error in a variable is reported, but the template is accepted', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const text = file('slip.txt', '{{calller}} {{customer_tier}} {{Transcript}}');

  const { code, err } = await vmx('create', 'slip', '--subject', 's', '--text', text);

  assert.equal(code, 0);
  assert.equal(
    err,
    [
      `Note: ${text}, line 1, column 1: {{calller}} is an attribute that your flow must set. Did you mean {{caller}}?`,
      `Note: ${text}, line 1, column 31: {{Transcript}} is an attribute that your flow must set. Did you mean {{transcript}}?`,
    ].join('\n'),
  );
});

test('errors of SES are shown in words, with what to do', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const text = file('t.txt', 't');
  await vmx('create', 'taken', '--subject', 's', '--text', text);
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['create', 'taken', '--subject', 's', '--text', text],
      /a template taken already; "vmx templates update taken"/,
    ],
    [['show', 'none'], /there is no template none at SES in us-east-1; "vmx templates list"/],
    [['update', 'none', '--subject', 's'], /there is no template none/],
    [['delete', 'none', '--yes'], /there is no template none/],
    [['preview', 'none'], /there is no template none/],
    [['create', 'west coast', '--subject', 's', '--text', text], /SES refuses it: .*west coast/],
    [['show', 'taken', '--html'], /the template has no HTML part/],
    [['show', '../../identities'], /there is no template \.\.\/\.\.\/identities/],
    [['show', 'a?b#c%00'], /there is no template a\?b#c%00/],
    [['list', '--endpoint', 'http://127.0.0.1:1'], /127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/],
  ];

  for (const [args, message] of refused) {
    const { code, out, err } = await vmx(...args);

    assert.deepEqual([code, out], [1, ''], args.join(' '));
    assert.match(err, message);
    assert.doesNotMatch(err, /\n/);
  }
});

test('without credentials, or with those of somebody else, it says so', async (t) => {
  const { vmx, environment, gateway } = await templatesAtHand(t);
  const AWS_ENDPOINT_URL = gateway.endpoint;
  const stranger = { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID: 'AKIASTRANGER', AWS_SECRET_ACCESS_KEY: 'x' };
  const role = gateway.identities.addRole({
    arn: 'arn:aws:iam::111122223333:role/reader',
    statements: [{ Effect: 'Allow', Action: 'ses:GetEmailTemplate', Resource: '*' }],
  });

  environment({ AWS_ENDPOINT_URL });
  assert.match((await vmx('list')).err, /there are no AWS credentials: name a profile in AWS_PROFILE/);
  environment(stranger);
  assert.match((await vmx('list')).err, /127\.0\.0\.1:\d+ does not accept the credentials/);
  environment({ ...stranger, AWS_ACCOUNT_ID: '444455556666' });
  assert.match((await vmx('list')).err, /credentials are of account 444455556666, .* in 111122223333/);
  environment({
    AWS_ENDPOINT_URL,
    AWS_ACCESS_KEY_ID: role.accessKeyId,
    AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
    AWS_SESSION_TOKEN: role.sessionToken,
  });
  const denied = await vmx('list');
  assert.equal(denied.code, 1);
  assert.match(denied.err, /the AWS credentials do not allow it; ses:ListEmailTemplates is needed/);
});

test('--endpoint leads to the simulator as well', async (t) => {
  const { vmx, environment, gateway } = await templatesAtHand(t);
  const { accessKeyId, secretAccessKey } = gateway.credentials;
  environment({ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });

  const { code } = await vmx('list', '--endpoint', gateway.endpoint);

  assert.equal(code, 0);
});

test('mistakes of the user are named, with exit code 2, and SES is not called', async (t) => {
  const { vmx, file, folder, environment } = await templatesAtHand(t);
  environment({});
  const text = file('t.txt', 't');
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /which of list, show, create/],
    [['remove', 'x'], /there is no "remove"; there are list/],
    [['toString'], /there is no "toString"/],
    [['show'], /which template\?/],
    [['show', 'a', 'b'], /one template at a time, and not b as well/],
    [['show', ''], /"" is no name/],
    [['show', '..'], /"\.\." is no name/],
    [['show', 'a', '--html', '--json'], /one of --html, --text and --json/],
    [['show', 'a', '--default', 'queue'], /NAME or --default, not both/],
    [['show', '--default', 'boss'], /--default boss is neither queue nor agent/],
    [['delete', 'west'], /--yes deletes west permanently/],
    [['create', 'a', '--text', text], /a template needs a subject/],
    [['create', 'a', '--subject', 's'], /a template needs a part/],
    [['create', 'a', '--subject', 's', '--text', file('empty.txt', '')], /a template needs a part/],
    [['create', 'a', '--subject', 's', '--html', 'none.html'], /none\.html: there is no such file/],
    [['create', 'a', '--subject', 's', '--html', folder], /cannot be read/],
    [['create', 'a', '--file', text, '--subject', 's'], /--file has subject and parts/],
    [['create', 'a', '--file', text], /t\.txt: no JSON/],
    [['create', 'a', '--file', file('n.json', [1])], /n\.json: not a template/],
    [['create', 'a', '--file', file('h.json', { Subject: 's', Html: 1 })], /h\.json: not a template/],
    [['update', 'a'], /what is to change/],
    [['list', '--endpoint', 'localhost'], /--endpoint localhost is no address/],
    [['list', '--jsno'], /--jsno/],
    [['preview', 'a', '--text', text], /one of them/],
    [['preview', '--text', text, '--for', 'boss'], /--for boss is neither/],
    [['preview', '--text', text, '--part', 'pdf'], /--part pdf is neither/],
    [['preview', '--text', text, '--out', '/nowhere/mail.html'], /\/nowhere\/mail\.txt: cannot be written/],
    [['preview', '--text', text, '--data', file('d1.json', '[]')], /d1\.json: must be an object/],
    [['preview', '--text', text, '--data', file('d2.json', { a: { b: 1 } })], /d2\.json: .* are texts: a/],
  ];

  for (const [args, message] of wrong) {
    const { code, out, err } = await vmx(...args);

    assert.deepEqual([code, out], [2, ''], `${args.join(' ')}: ${err}`);
    assert.match(err, message);
  }
});
