import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import { readWav } from '../../simulator/audio/read-wav.ts';
import { WAV_FORMATS, wavFileOf } from '../wav-formats.ts';
import { fileAt, samplesOf } from './laptop.ts';

/** The programs that people start, each in a process of its own: `npm start`, and `vmx call` in other terminals. */
const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'vmx-call-'));
const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function program(script: string, args: readonly string[]) {
  const { AWS_ENDPOINT_URL: _, ...inherited } = process.env;
  const env = { ...inherited, INIT_CWD: folder };
  const child = spawn(process.execPath, [join(ROOT, script), ...args], { cwd: folder, env });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = once(child, 'close').then(([code]: unknown[]) => {
    running.delete(child);
    return { code, ...said };
  });
  /** Resolves with what was said up to these words. */
  const says = (words: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => words.test(said.out) && resolve(said.out);
      child.stdout.on('data', look);
      void ended.then(() => reject(new Error(`ended without "${words.source}": ${said.out}${said.err}`)));
      look();
    });
  return { child, ended, says };
}

const laptop = program('laptop/start.ts', []);
const greeting = await laptop.says(/The simulator stays up/);
const [, endpoint = ''] = /started in [\d.]+ s: (http:\S+)/.exec(greeting) ?? [];

const call = (...args: readonly string[]) =>
  program('cli/vmx.ts', ['call', '--endpoint', endpoint, ...args]).ended;

const Delivered = z.object({
  contactId: z.string(),
  heard: z.array(z.string()),
  outcome: z.object({
    kind: z.literal('delivered'),
    task: z.object({
      description: z.string(),
      references: z.object({ Recording: z.object({ value: z.string() }) }),
    }),
  }),
});

test('two people call at once, one of them after hours: each sees the own call, and both links play', async () => {
  const sample = readWav(readFileSync(join(ROOT, 'samples/missing-order.wav')));
  writeFileSync(join(folder, 'message.wav'), wavFileOf(sample, WAV_FORMATS['mu-law, 8 kHz']));

  const [late, usual] = await Promise.all([
    call(
      '--flow',
      'entry-closed',
      '--at',
      '22:30',
      '--from',
      '+15555550178',
      '--say',
      'message.wav',
      '--json',
    ),
    call('--mode', 'task', '--from', '+15555550119', '--say', 'Please call me back.'),
  ]);

  assert.deepEqual([late.code, usual.code], [0, 0], late.err + late.out + usual.err + usual.out);
  const { contactId, heard, outcome } = Delivered.parse(JSON.parse(late.out));
  assert.match(heard[0] ?? '', /We are closed right now/);
  assert.match(late.err, /clock leaps from .* 22:30 \(America\/New_York\)/);
  assert.match(outcome.task.description, /order number 77291/i);
  assert.match(usual.out, /ring +\+15555550119\n[^]*Delivered/);
  assert.doesNotMatch(usual.out, /\+15555550178|We are closed/);
  assert.ok(!usual.out.includes(contactId));
  const [, link] = /Recording +(http\S+)/.exec(usual.out) ?? [];
  for (const address of [link, outcome.task.references.Recording.value])
    assert.ok(samplesOf(await fileAt(address)).some((one) => one !== 0));
});

test('an agent accepts the task of the own call, not of another one', async () => {
  const { code, out, err } = await call(
    '--mode',
    'guided_task',
    '--say',
    'Please call me back.',
    '--agent',
    'ana.ruiz',
    '--guide',
    'guide.html',
  );

  assert.equal(code, 0, err + out);
  assert.match(out, /The agent is shown/);
  assert.match(readFileSync(join(folder, 'guide.html'), 'utf8'), /<audio/);
});

test('what cannot be called is refused, with what can', async () => {
  const [none, past] = await Promise.all([call('--flow', 'nope'), call('--at', '2020-01-01T10:00')]);

  assert.equal(none.code, 2);
  assert.match(
    none.err,
    /no flow "nope" that can answer a call; these can: Voicemail test, Voicemail entry closed, Voicemail entry busy, Voicemail entry unstaffed\n/,
  );
  assert.equal(past.code, 2);
  assert.match(past.err, /is past: the simulator's clock says .* it only goes forward/);
});

test('a simulator that has ended is named, and what was found of it is gone', async () => {
  laptop.child.kill('SIGINT');
  const { code } = await laptop.ended;

  const refused = await call('--say', 'Hello.');

  assert.equal(code, 0);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /nothing answers at http:\/\/127\.0\.0\.1:\d+; npm start starts one/);
});
