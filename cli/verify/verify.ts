import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { VoicemailConfig } from '../../infra/config.ts';
import { Unseen } from '../aws/asker.ts';
import type { Limits } from '../aws/limits.ts';
import { type Command, RefusedError, type Terminal, UsageError } from '../command.ts';
import { createLook, type Look } from '../doctor/look.ts';
import { PLACE_OPTIONS, PLACE_USAGE, placeSettings } from '../place.ts';
import { type Prompter, terminalPrompter } from '../prompter.ts';
import { chooseQueue } from './choose-queue.ts';
import { exitCodeOf, outcomeAsJson, outcomeInWords } from './report.ts';
import { stepInWords, testStack } from './test-stack.ts';
import type { TestOutcome, TestQueue, TestStep } from './test-voicemail.ts';

/** `vmx verify`: whether the deployed stack delivers. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: 'send a test voicemail through the stack, and compare what comes out',
  usage: `vmx verify --queue NAME [options]

Puts a known recording into the bucket of the deployed stack, as if a call had just been saved, and says
each step with its seconds: ledger, transcription, delivery, the task in the queue. It compares the
transcript with the known words (up to half of them may be wrong), opens the link on the task and
compares the audio. Then it ends the task, and removes recording, transcript, job and ledger entry.
Nothing counts it: no metric of voicemails, no vmx list. It waits for ten minutes at most.

The call itself, the contact record and the recording from the video stream are not tried: place a call.

  --queue NAME       a queue that exists for this: an agent who is free there may be offered the task.
                     Absent: you are asked
  --format FORMAT    text (default) or json; --json is the same as the latter
${PLACE_USAGE}

Exit code: 0 the stack works; 1 it has lost the test voicemail, or damaged it; 2 not used as described
here, or it could not be tried, not looked at to its end, or not all be removed: the message says which.`,

  async run(args, terminal) {
    const { queue, isJson, ...place } = parseVerifyOptions(args);
    const { config } = await placeSettings(place);
    const prompter = process.stdin.isTTY && !isJson ? terminalPrompter() : undefined;
    const limits = { wait: (ms: number) => pause(ms), clock: () => performance.now() };
    const { endpoint } = place;
    const look = lookOf(config, endpoint, limits);
    try {
      return await verify({ queue, isJson }, { look, terminal, prompter, limits });
    } finally {
      prompter?.close();
    }
  },
};

function lookOf(config: VoicemailConfig, endpoint: string | undefined, limits: Limits): Look {
  return createLook({ config, place: endpoint === undefined ? {} : { endpoint }, limits });
}

interface VerifyWork {
  readonly look: Look;
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
  readonly limits: Limits;
}

/** Returns the exit code. */
export async function verify(
  { queue: wanted, isJson }: { readonly queue: string | undefined; readonly isJson: boolean },
  { look, terminal, prompter, limits }: VerifyWork,
): Promise<0 | 1 | 2> {
  const steps: TestStep[] = [];
  let queue: TestQueue | undefined;
  const outcome = await unlessRefused(async () => {
    queue = await chooseQueue(wanted, { look, prompter });
    if (!isJson) terminal.out(`A test voicemail for the queue ${queue.name} of ${look.stackName}:`);
    const onStep = (step: TestStep) => {
      steps.push(step);
      (isJson ? terminal.err : terminal.out)(stepInWords(step));
    };
    return await testStack(queue, { look, onStep, ...limits });
  });
  const code = exitCodeOf(outcome);
  if (isJson) terminal.out(outcomeAsJson(outcome, { queue, steps }));
  else (code === 0 ? terminal.out : terminal.err)(outcomeInWords(outcome, queue));
  return code;
}

/** What AWS refuses before anything was sent says nothing about the stack. */
async function unlessRefused(work: () => Promise<TestOutcome>): Promise<TestOutcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof Unseen)) throw error;
    return { kind: 'not tried', why: error.message, left: [] };
  }
}

/** Throws UsageError, or parseArgs' own TypeError. */
function parseVerifyOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...PLACE_OPTIONS,
      queue: { type: 'string' },
      format: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { queue, format = values.json ? 'json' : 'text', json, deployment, endpoint } = values;
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`--format ${format}: there are text, json`);
  if (json && format === 'text') throw new UsageError('--json or --format text, not both');
  return { queue, isJson: format === 'json', deployment, endpoint };
}
