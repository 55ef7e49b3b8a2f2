import { fileErrorInWords } from '../cli/file-errors.ts';
import { VERSION } from '../infra/version.ts';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { type CallerAudio, TELEPHONE_RATE_HZ } from '../simulator/audio/read-wav.ts';
import { findAnsweringFlow } from '../simulator/control/answering-flows.ts';
import { readWorldFile, WorldFileError } from '../simulator/world/world-file.ts';
import type { CallerStep } from '../simulator/services/connect/voice/caller-script.ts';
import { SettingsError } from '../infra/settings/settings-error.ts';
import { AudioFileError, readAudioFile } from './audio-file.ts';
import { parseStartOptions, USAGE, type StartOptions } from './start-options.ts';
import { mailRows } from './kept-mail.ts';
import type { SentMail } from '../simulator/services/ses/mail.ts';
import type { Task } from '../simulator/services/connect/contacts/task.ts';
import type { Delivered } from './wait-for-delivery.ts';
import { INTERRUPTED } from './interruption.ts';
import { exportLines } from './reach.ts';
import { faultsIn, type Laptop, playCall, withLaptop } from './with-laptop.ts';

/**
 * `npm start`: builds and synthesizes the stack, starts the simulator from it, lets a caller leave a message
 * through the test flow, and shows the result.
 */
const ROOT = join(import.meta.dirname, '..');
const SAMPLE = { file: join(ROOT, 'samples/missing-order.wav'), from: '+15555550142' };

async function main(options: StartOptions): Promise<number> {
  const audio = readAudioFile(options.audio ?? SAMPLE.file);
  return await withLaptop(
    async (laptop) => {
      const { simulator, startedInSeconds, interrupted } = laptop;
      const seconds = startedInSeconds.toFixed(1);
      console.log(
        `\nVoicemail Express ${VERSION}, built, synthesized and started in ${seconds} s: ${simulator.endpoint}\n`,
      );
      const played = await Promise.race([
        playSample(laptop, { audio, from: options.from ?? SAMPLE.from }),
        interrupted,
      ]);
      if (played === 'interrupted') return INTERRUPTED;
      show(played.outcome, audio.length / TELEPHONE_RATE_HZ, options);
      if (options.faults) console.log(`What went wrong: ${faultsIn(laptop.simulator)}`);
      if (options.once) return played.outcome.kind === 'delivered' ? 0 : 1;
      console.log(`\n${howToOperate(simulator)}\n\nThe simulator stays up. End it with Ctrl+C.`);
      await interrupted;
      return 0;
    },
    {
      command: 'npm start',
      onStep: (step) => console.log(step),
      isAnnounced: !options.once,
      ...(options.faults && { faults: options.faults }),
      ...(options.worldFile !== undefined && readWorldFile(options.worldFile)),
    },
  );
}

/** The caller asks for a guided task in the queue, as the test flow's menus offer it, and speaks after the tone. */
function playSample(laptop: Laptop, { audio, from }: { audio: CallerAudio; from: string }) {
  const script: readonly CallerStep[] = [
    { kind: 'hear', what: 'guided task, press 2', until: 'begun' },
    { kind: 'press', keys: '2' },
    { kind: 'hear', what: 'queue, press 1', until: 'begun' },
    { kind: 'press', keys: '1' },
    { kind: 'hear', what: '(tone)' },
    { kind: 'say', audio },
  ];
  const flow = findAnsweringFlow(laptop.simulator.connect.flows, 'test');
  return playCall(laptop, { from, ...(flow && { flow: flow.id }), script }, console.log);
}

function show(outcome: Delivered, spokenSeconds: number, { once }: StartOptions): void {
  if (outcome.kind !== 'delivered') {
    const reasons = outcome.kind === 'failed' ? outcome.reasons : [outcome.why];
    console.error(`\n${styleText('red', 'Not delivered.')} ${reasons.join('\n  ')}\n`);
    return;
  }
  const became = 'mail' in outcome ? 'mail' : 'task';
  const summary = 'mail' in outcome ? mailLines(outcome.mail) : taskLines(outcome.task);
  console.log(
    `\n${styleText('green', 'Delivered')}: ${spokenSeconds.toFixed(1)} s of speech became this ${became}\n`,
  );
  console.log(`${summary.join('\n')}\n`);
  console.log(
    `The link works as long as the simulator is up${once ? ': leave out --once to follow it' : ''}.`,
  );
}

function taskLines({ name, description, references }: Task): string[] {
  const rows = Object.entries(references).map(([label, { value }]) => `  ${label.padEnd(12)}${value}`);
  return [`  ${name}`, ...rows, `  ${'Transcript'.padEnd(12)}${description}`];
}

function mailLines(mail: SentMail): string[] {
  const rows = mailRows(mail).filter(([, value]) => value !== '');
  return [...rows.map(([label, value]) => `  ${label.padEnd(12)}${value}`), `\n${mail.text ?? ''}`];
}

/** For another terminal: the operator's commands, with the simulator's own credentials in place of an account's. */
function howToOperate(simulator: Laptop['simulator']): string {
  return [
    'In another terminal, to place a call of your own:',
    '',
    '  npx vmx call --press 1,1 --say "Please call me back."',
    '  npx vmx call --flow entry-closed --at 22:30 --say "Please call me back."',
    '',
    'To list, show and redrive its voicemails:',
    '',
    ...exportLines(simulator).map((line) => `  ${line}`),
    '  npx vmx list --state all',
  ].join('\n');
}

/** What a person did wrong, rather than we: an unreadable or unfit file, wrong settings. */
function isAboutInput(error: unknown): error is Error {
  return (
    error instanceof AudioFileError ||
    error instanceof WorldFileError ||
    error instanceof SettingsError ||
    (error instanceof Error && 'syscall' in error && error.syscall !== 'spawn')
  );
}

// npm runs scripts in the project's folder; file names are relative to the person's folder.
process.chdir(process.env['INIT_CWD'] ?? process.cwd());

const options = (() => {
  try {
    return parseStartOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
})();
if (options === 'help') console.log(USAGE);
else {
  const exitCode = await main(options).catch((error: unknown) => {
    const aboutFile = fileErrorInWords(error);
    if (aboutFile === undefined && !isAboutInput(error)) throw error;
    console.error(aboutFile ?? (error instanceof Error ? error.message : String(error)));
    return 2;
  });
  // Everything is closed: after an interruption, a pending wait for a delivery does not matter.
  process.exit(exitCode);
}
