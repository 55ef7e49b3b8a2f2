import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { withScale } from '../../scripts/scale-tables.ts';
import { runVmx } from '../run-vmx.ts';
import { backlogSeconds, loadOf, USUALLY } from './load.ts';
import { quotaUses, QUOTAS, wishFor } from './quotas.ts';
import { scaleCommand } from './scale.ts';

function usesOf(voicemailsPerDay: number, mode: 'task' | 'email' = 'task') {
  return quotaUses(loadOf({ ...USUALLY, voicemailsPerDay, mode, isAttached: false }));
}

/** Those that are used up. */
function met(perDay: number): readonly string[] {
  return usesOf(perDay).flatMap(({ used, short }) => (used >= 1 ? [short] : []));
}

async function vmxScale(...args: readonly string[]) {
  const [outs, errs]: [string[], string[]] = [[], []];
  const terminal = {
    out: (text: string) => void outs.push(text),
    err: (text: string) => void errs.push(text),
  };
  const code = await runVmx([scaleCommand], ['scale', ...args], terminal);
  return { code, out: outs.join('\n'), err: errs.join('\n') };
}

test('the tables of docs/scale.md are what vmx scale reckons', () => {
  const document = readFileSync('docs/scale.md', 'utf8');

  for (const name of ['tasks', 'mails', 'wishes', 'quotas', 'met'])
    assert.match(document, new RegExp(`<!-- ${name} -->\n\n\\| Quota `), name);
  assert.equal(document, withScale(document), 'write them again: npm exec -- node scripts/write-scale.ts');
});

test('a thousand voicemails a day meet no quota, and ten thousand meet calls and open tasks first', () => {
  assert.deepEqual(met(1000), []);
  assert.deepEqual(met(10_000), ['calls at once', 'open tasks']);
  assert.deepEqual(met(100_000), [
    'calls at once',
    'open tasks',
    'StartTaskContact',
    'DeleteTranscriptionJob',
  ]);
});

test('two tasks a second are met where a fifth of the day is 7,200 in an hour', () => {
  const [use] = usesOf(1).filter(({ short }) => short === 'StartTaskContact');

  assert.equal(Math.round(use?.metAtPerDay ?? 0), 36_000);
});

test('mails make no task, and the sandbox of SES is met first', () => {
  const uses = usesOf(1000, 'email');

  assert.equal(uses[0]?.short, 'mails in 24 hours');
  assert.ok(!uses.some(({ short }) => short === 'StartTaskContact' || short === 'open tasks'));
});

test('what is asked for is more than is needed, and never less than there is', () => {
  for (const use of usesOf(1_000_000)) assert.ok(wishFor(use) >= Math.max(use.needed, use.usual), use.short);
});

test('every quota says where it was read, and has a name of its own', () => {
  for (const { source, name } of QUOTAS) assert.match(source, /, ".+"/, name);
  assert.equal(new Set(QUOTAS.map(({ short }) => short)).size, QUOTAS.length);
});

test('a thousand that wait take 500 s at two a second, twice that if one a second comes in, and forever at two', () => {
  assert.equal(backlogSeconds(1000, 2), 500);
  assert.equal(backlogSeconds(1000, 2, 1), 1000);
  assert.equal(backlogSeconds(1000, 2, 2), Infinity);
});

test('vmx scale says the first quota, what to ask for, and the setting', async () => {
  const { code, out } = await vmxScale('--per-day', '100000', '--mode', 'task');

  assert.equal(code, 0);
  assert.match(
    out,
    /^Met first: Amazon Connect, "Concurrent calls per instance", at 2,727 voicemails a day\./m,
  );
  assert.match(out, /Rate of StartTaskContact API requests +5\.6 +2 a second, account +278 % +36,000 +9$/m);
  assert.match(out, /^Set voicemailsPerSecond: 9 \(it is 2\)/m);
  assert.match(out, /never catches up/);
});

test('vmx scale for few says that nothing is met, and how long a backlog takes', async () => {
  const { out } = await vmxScale('--per-day', '1000', '--mode', 'task');

  assert.match(out, /^No quota is met\. The first would be Amazon Connect/m);
  assert.match(out, /^voicemailsPerSecond is 2, which is enough\.$/m);
  assert.match(out, /^1,000 that wait after an outage are delivered in 9 min/m);
});

test('vmx scale --json has sources, and other figures change what is needed', async () => {
  const Json = z.object({
    quotas: z.array(z.object({ short: z.string(), source: z.string(), needed: z.number() })),
  });
  const neededWith = async (...more: readonly string[]) => {
    const { out } = await vmxScale('--per-day', '3600', '--mode', 'task', '--json', ...more);
    const { quotas } = Json.parse(JSON.parse(out));
    return Object.fromEntries(quotas.map(({ short, needed }) => [short, needed]));
  };

  const all = await neededWith('--busiest-hour', '100', '--seconds', '39', '--task-hours', '0.5');

  assert.equal(all['calls at once'], 60);
  assert.equal(all['StartTaskContact'], 1);
  assert.equal(all['open tasks'], 1800);
});

test('what vmx scale cannot use is named, with what is allowed', async () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /how many voicemails a day\? Say --per-day N/],
    [['--per-day', 'many', '--mode', 'task'], /--per-day many is no number above 0/],
    [['--per-day', '10', '--busiest-hour', '120'], /--busiest-hour 120 is no number above 0, up to 100/],
    [['--per-day', '10', '--mode', 'fax'], /--mode fax: there are task, guided_task, email/],
  ];
  for (const [args, expected] of wrong) {
    const { code, err } = await vmxScale(...args);
    assert.equal(code, 2);
    assert.match(err, expected);
  }
});
