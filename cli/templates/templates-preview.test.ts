import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { templatesAtHand } from './templates.fixture.ts';

test('our own template is shown with a sample, the mail alone on standard output', async (t) => {
  const { vmx } = await templatesAtHand(t);

  const queue = await vmx('preview', '--default', 'queue');
  const agent = await vmx('preview', '--default', 'agent', '--part', 'text');

  assert.equal(queue.code, 0);
  assert.match(queue.out, /^<!DOCTYPE html>[^]*\+1 212 555 0142[^]*Customer Care[^]*<\/html>\n$/);
  assert.equal(queue.err, 'Subject: Voicemail from +1 212 555 0142 for Customer Care');
  assert.match(agent.out, /^New voicemail for you\n[^]*For: +Ana Ruiz/);
});

test('files are shown before they are anywhere, with what is missing and what is unknown', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const html = file(
    'mail.html',
    '<p>{{customer_tier}} {{plan}} {{#if calller}}{{caller}}{{/if}} {{attributes.region}}</p>',
  );

  const { code, out, err } = await vmx('preview', '--html', html);

  assert.equal(code, 0);
  assert.equal(out, '<p>Gold —  —</p>');
  assert.equal(
    err,
    [
      'Missing, a dash in their place: {{plan}}, {{attributes.region}}',
      'Neither ours nor in the data, so the contact must have them: {{plan}}, {{calller}}, {{attributes.region}}',
      `Note: ${html}, line 1, column 31: {{calller}} is an attribute that your flow must set. Did you mean {{caller}}?`,
    ].join('\n'),
  );
});

test('a template of SES is shown with data of one’s own, which escape nothing', async (t) => {
  const { vmx, file, ses } = await templatesAtHand(t);
  ses.addTemplate('west', {
    subject: '{{caller}}',
    html: '<b>{{customer_tier}} {{attributes.plan}} {{vip}}</b> {{recipient}}',
    text: '{{customer_tier}}',
  });
  const data = file('data.json', {
    caller: 'The\r\nBoss',
    customer_tier: '<script>alert(1)</script>',
    vip: true,
    attributes: { plan: 7 },
  });

  const { out } = await vmx('preview', 'west', '--data', data, '--for', 'agent', '--json');

  assert.deepEqual(JSON.parse(out), {
    subject: 'The Boss',
    html: '<b>&lt;script&gt;alert(1)&lt;/script&gt; 7 true</b> Ana Ruiz',
    text: '<script>alert(1)</script>',
    missing: [],
    unknown: [],
    warnings: [],
  });
});

test('data may have our names or those of older templates', async (t) => {
  const { vmx, file } = await templatesAtHand(t);
  const text = file('t.txt', '{{caller}}|{{vmx3_from}}|{{vmx3_queue_name}}|{{entity_name}}');

  const ours = await vmx('preview', '--text', text, '--data', file('1.json', { caller: 'A', queue: 'Q' }));
  const older = await vmx('preview', '--text', text, '--data', file('2.json', { vmx3_from: 'B' }));

  assert.equal(ours.out, 'A|A|Q|Customer Care');
  assert.equal(older.out, '+1 212 555 0142|B|Customer Care|Customer Care');
  assert.equal(older.err, '');
});

test('both parts go into files', async (t) => {
  const { vmx, folder } = await templatesAtHand(t);

  const { out, err } = await vmx('preview', '--default', 'queue', '--out', join(folder, 'mail.html'));

  assert.equal(out, '');
  assert.match(err, /Written: .*mail\.html, .*mail\.txt$/);
  assert.match(readFileSync(join(folder, 'mail.html'), 'utf8'), /^<!DOCTYPE html>/);
  assert.match(readFileSync(join(folder, 'mail.txt'), 'utf8'), /^New voicemail for Customer Care/);
});

test('a template that cannot be used is not shown, and the reason is', async (t) => {
  const { vmx, file, ses } = await templatesAtHand(t);
  ses.addTemplate('helper', { subject: 's', html: 'a\n{{upper caller}}' });

  const stored = await vmx('preview', 'helper');
  const local = await vmx('preview', '--text', file('t.txt', '{{#if a}}'));

  assert.deepEqual([stored.code, stored.out], [1, '']);
  assert.match(stored.err, /the HTML part, line 2, column 1: there is no helper upper/);
  assert.match(
    local.err,
    /t\.txt, line 1, column 1: the block \{\{#if\}\} is not closed: \{\{\/if\}\} is missing/,
  );
});
