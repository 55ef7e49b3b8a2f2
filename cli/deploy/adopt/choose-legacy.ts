import { Unseen } from '../../aws/asker.ts';
import { RefusedError, type Terminal } from '../../command.ts';
import type { KnownStack } from '../../doctor/facts/stack.ts';
import type { Look } from '../../doctor/look.ts';
import {
  type Legacy,
  legacies,
  legacyNamed,
  legacyText,
  ofOtherInstances,
  whyNot,
} from '../../kept/legacies.ts';
import { choose, type Prompter } from '../../prompter.ts';

/** What a person has said about what removed stacks left behind. */
export interface AdoptOptions {
  /** To take it into the new stack. */
  readonly isAdopting: boolean;
  /** Which of several: the id of the removed stack, or the name of one of its buckets. */
  readonly adoptFrom: string | undefined;
  /** To leave it, and begin with nothing. */
  readonly isFresh: boolean;
}

interface Choosing {
  readonly look: Look;
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
}

/**
 * What the deployment takes into the stack. Undefined: nothing. `before`: the stack as it is now; undefined: there is
 * none. Throws RefusedError if somebody has to decide, and if what is wanted cannot be taken.
 */
export async function chooseLegacy(
  before: KnownStack | undefined,
  options: AdoptOptions,
  work: Choosing,
): Promise<Legacy | undefined> {
  const isWanted = options.isAdopting || options.adoptFrom !== undefined;
  if (isWanted && options.isFresh) throw new RefusedError('--adopt and --fresh contradict each other');
  if (before?.status.startsWith('IMPORT_') && before.status.endsWith('_IN_PROGRESS')) {
    throw new RefusedError(`the stack is ${before.status}: wait until that is done, and run it again`);
  }
  if (before && !NEW.includes(before.status)) {
    if (isWanted) await refuseToAddTo(before, work);
    return undefined;
  }
  if (options.isFresh) return undefined;
  const all = await orRefused(() => legacies(work.look));
  if (options.adoptFrom !== undefined) {
    const named = legacyNamed(options.adoptFrom, all);
    if (named) return named;
    const why = await whyNot(options.adoptFrom, work.look);
    throw new RefusedError(`it cannot be adopted: ${why}`);
  }
  const [first, ...others] = all;
  if (!first) {
    if (isWanted) throw new RefusedError(await nothingToAdopt(work.look));
    return undefined;
  }
  if (isWanted && others.length === 0) return first;
  if (!work.prompter) throw new RefusedError(undecidedText(all, work.look, isWanted));
  return await ask(all, work, work.prompter);
}

/** A stack in which nothing is: never deployed, or its first deployment or its import failed. */
const NEW: readonly string[] = [
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'IMPORT_ROLLBACK_COMPLETE',
];

/** After an import whose deployment failed, there is nothing left to adopt: the deployment goes on. */
async function refuseToAddTo({ status }: KnownStack, { look, terminal }: Choosing): Promise<void> {
  const all = await orRefused(() => legacies(look));
  if (all.length === 0) {
    terminal.out(`The stack ${look.stackName} is there, ${status}. Nothing is left to adopt: it is updated.`);
    return;
  }
  throw new RefusedError(
    `the stack ${look.stackName} is there, so it cannot adopt what an earlier one left behind:\n${all.map(legacyText).join('\n')}\nRemove it first, npx vmx uninstall: what it has is kept, too, and one of both can be adopted then.`,
  );
}

async function nothingToAdopt(look: Look): Promise<string> {
  const { stackName, home } = look;
  const foreign = await ofOtherInstances(look);
  return [
    `there is nothing to adopt: no removed stack ${stackName} of the instance ${home.instanceId} has left anything behind in ${home.region}`,
    ...foreign.map(
      ({ physicalId, instanceId }) => `  not taken: ${physicalId} is of the instance ${instanceId}`,
    ),
  ].join('\n');
}

function undecidedText(all: readonly Legacy[], { stackName }: Look, isWanted: boolean): string {
  const isOne = all.length === 1;
  return [
    isOne
      ? `a removed stack ${stackName} has left something behind:`
      : `${all.length} removed stacks ${stackName} have left something behind:`,
    ...all.map(legacyText),
    isOne
      ? 'To take it into the new stack, say --adopt.'
      : 'To take one of them into the new stack, say --adopt-from ID.',
    ...(isWanted ? [] : ['To leave it, and begin with empty buckets and an empty ledger, say --fresh.']),
  ].join('\n');
}

/** Enter stops. */
async function ask(
  all: readonly Legacy[],
  { look }: Choosing,
  prompter: Prompter,
): Promise<Legacy | undefined> {
  prompter.say(`Removed stacks ${look.stackName} have left something behind:`);
  for (const one of all) prompter.say(legacyText(one));
  const chosen = await choose<Legacy | 'stop' | 'fresh'>(prompter, 'What shall the new stack do?', [
    { label: 'stop, and change nothing', value: 'stop' },
    ...all.map((one) => ({ label: `adopt what ${one.id} has left behind`, value: one })),
    { label: 'leave it, and begin with empty buckets and an empty ledger', value: 'fresh' },
  ]);
  if (chosen === 'stop') throw new RefusedError('stopped: nothing was changed');
  return chosen === 'fresh' ? undefined : chosen;
}

async function orRefused<Answer>(read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Unseen)) throw error;
    throw new RefusedError(
      `whether a removed stack has left something behind could not be looked at: ${error.message}. To begin with empty buckets and an empty ledger, say --fresh`,
      { cause: error },
    );
  }
}
