import { setTimeout as pause } from 'node:timers/promises';
import type { VoicemailConfig } from '../../infra/config.ts';
import type { TestOutcome, TestQueue, TestStep } from '../../src/domain/test-voicemail.ts';
import { Unseen } from '../aws/asker.ts';
import type { Limits } from '../aws/limits.ts';
import { testStack } from '../aws/test-stack.ts';
import { type Command, RefusedError, type Terminal } from '../command.ts';
import { createLook, type Look } from '../doctor/look.ts';
import { type Interruption, sayingAtFirst, unlessAborted, watchInterruption } from '../interruption.ts';
import { PLACE_USAGE, placeSettings } from '../place.ts';
import { agrees, type Prompter, terminalPrompter } from '../prompter.ts';
import { chooseQueue } from './choose-queue.ts';
import { exitCodeOf, leftoversInWords, outcomeAsJson, outcomeInWords, stepInWords } from './report.ts';
import { parseVerifyOptions, type VerifyOptions } from './verify-options.ts';

/** `vmx verify`: whether the deployed stack delivers. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: 'send a test voicemail through the stack, and compare what comes out',
  usage: `vmx verify --queue NAME [options]

Puts a known recording into the bucket of the deployed stack, as if a call had just been saved, and says
each step with its seconds: ledger, transcription, delivery, the task in the queue. It compares the
transcript with the known words (up to half of them may be wrong), opens the link on the task and
compares the audio. Then it ends the task, and removes recording, transcript, job and ledger entry.
Nothing counts it: no metric of voicemails, no vmx list. It waits for ten minutes at most. First it removes
what earlier test voicemails left behind. Ctrl+C removes the test voicemail; a second one ends at once.

  --queue NAME       a queue that exists for this: an agent who is free there may be offered the task.
                     Absent: the setting testQueue, or you are asked
  --call             it goes in as a call: its audio onto a video stream of its own, and its contact record
                     onto the stream of the instance, where every other reader sees it too
  --mail             it comes out as a mail, to SES's mailbox simulator: nobody gets it, also in the sandbox.
                     SES's event is followed, and what is in the mail is not looked at
  --yes              ask nothing
  --format FORMAT    text (default) or json; --json is the same as the latter
${PLACE_USAGE}

Exit code: 0 the stack works; 1 it has lost the test voicemail, or damaged it; 2 not used as described
here, or it could not be tried, not looked at to its end, or not all be removed: the message says which;
130 broken off by Ctrl+C.`,

  async run(args, terminal) {
    const { deployment, endpoint, ...options } = parseVerifyOptions(args);
    const { config } = await placeSettings({ deployment, endpoint });
    const prompter =
      process.stdin.isTTY && !options.isJson && !options.isYes ? terminalPrompter() : undefined;
    const limits = { wait: (ms: number) => pause(ms), clock: () => performance.now() };
    const look = lookOf(config, endpoint, limits);
    try {
      return await verifyWatched(options, { look, terminal, prompter, limits });
    } finally {
      prompter?.close();
    }
  },
};

/** The same as `verify`, and Ctrl+C removes the test voicemail. */
export async function verifyWatched(
  options: VerifyOptions,
  work: Omit<VerifyWork, 'interruption'>,
): Promise<number> {
  const interruption = watchInterruption();
  try {
    return await verify(options, { ...work, interruption });
  } finally {
    interruption.stop();
  }
}

function lookOf(config: VoicemailConfig, endpoint: string | undefined, limits: Limits): Look {
  return createLook({ config, place: endpoint === undefined ? {} : { endpoint }, limits });
}

interface VerifyWork {
  readonly look: Look;
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
  readonly limits: Limits;
  /** Absent: nobody can break it off. */
  readonly interruption?: Interruption;
}

/** Returns the exit code. Throws InterruptedError for the second Ctrl+C. */
export async function verify(options: VerifyOptions, work: VerifyWork): Promise<number> {
  const { terminal } = work;
  const { isJson } = options;
  const steps: TestStep[] = [];
  let queue: TestQueue | undefined;
  const say = isJson ? terminal.err : terminal.out;
  const outcome = await unlessRefused(async () => {
    queue = await whereTo(options, work);
    await askAboutCall(options, work);
    if (!isJson) terminal.out(headline(options, queue, work.look));
    const onStep = (step: TestStep) => {
      steps.push(step);
      say(stepInWords(step));
    };
    return await tested(options, { ...work, queue, onStep, say });
  });
  const code = exitCodeOf(outcome);
  if (isJson) terminal.out(outcomeAsJson(outcome, { queue, steps }));
  else (code === 0 ? terminal.out : terminal.err)(outcomeInWords(outcome, queue));
  return code;
}

async function whereTo(
  { queue, isMail }: VerifyOptions,
  { look, prompter }: VerifyWork,
): Promise<TestQueue | undefined> {
  if (!isMail) return await chooseQueue(queue ?? look.config.testQueue, { look, prompter });
  if (look.config.email) return undefined;
  throw new RefusedError('the settings have no email: there is no mail to be tried');
}

/** Amazon Connect's stream has other readers, and they get the record of a call that nobody made. */
async function askAboutCall(
  { isCall, isYes }: VerifyOptions,
  { look, terminal, prompter }: VerifyWork,
): Promise<void> {
  if (!isCall) return;
  const stream = look.config.contactRecordStreamArn.replace(/^.*:stream\//, '');
  terminal.err(
    `The record of a test call goes onto the stream ${stream}. Every other reader of it gets that record too, and may count or store it; its attribute vmx3_test is 1.`,
  );
  if (isYes) return;
  if (!prompter) throw new RefusedError('nobody can be asked here: say --yes');
  if (!(await agrees(prompter, 'Put it there?'))) throw new RefusedError('stopped: nothing was sent');
}

function headline({ isCall }: VerifyOptions, queue: TestQueue | undefined, { stackName }: Look): string {
  const what = isCall ? 'A test call' : 'A test voicemail';
  return queue
    ? `${what} for the queue ${queue.name} of ${stackName}:`
    : `${what} for a mail of ${stackName}, which nobody gets:`;
}

interface TestedWork extends VerifyWork {
  readonly queue: TestQueue | undefined;
  readonly onStep: (step: TestStep) => void;
  readonly say: (line: string) => void;
}

async function tested({ isCall, isMail }: VerifyOptions, work: TestedWork): Promise<TestOutcome> {
  const { look, limits, interruption, queue, onStep, say } = work;
  let made = '';
  const testing = () =>
    testStack(
      { isCall, mode: isMail ? 'email' : 'task', queue },
      {
        ...limits,
        look,
        onStep,
        onMade: (contactId) => void (made = contactId),
        onLeftovers: (found) => leftoversInWords(found).forEach((line) => say(line)),
        brokenOff: interruption?.first,
      },
    );
  if (!interruption) return await testing();
  const atFirst = () =>
    say('Ctrl+C: the test voicemail is being removed. A second Ctrl+C ends this at once.');
  const remains = () =>
    made === ''
      ? 'broken off: nothing was made yet'
      : `broken off: the test voicemail ${made} may not all be removed. The next vmx verify removes it, from a quarter of an hour on`;
  return await sayingAtFirst(interruption, atFirst, () =>
    unlessAborted(interruption.second, remains, testing()),
  );
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
