import { Unseen } from '../../aws/asker.ts';
import { mayPass } from '../../aws/passing.ts';
import { asGivenBack } from '../../aws/published-template.ts';
import { type IndexState, tableIndexes } from '../../aws/table-indexes.ts';
import { RefusedError } from '../../command.ts';
import { stack as deployedStack } from '../../doctor/facts/stack.ts';
import { templateText } from '../../doctor/facts/stack-template.ts';
import type { Look } from '../../doctor/look.ts';
import { unlessAborted } from '../../interruption.ts';
import { changeStack } from '../change-stack.ts';
import type { StackChanges } from '../changes.ts';
import { clockTime } from '../deployment-progress.ts';
import { refuseFailed } from '../ended.ts';
import { writeFormerAssembly } from '../former-assembly.ts';
import type { DeployWork } from '../deploy-work.ts';
import { watchDeployment } from '../watch-deployment.ts';
import type { IndexPlan } from './index-plan.ts';
import { differing, type IndexStep, withIndexesOf, withoutIndexes } from './index-steps.ts';

/** How often DynamoDB is asked. */
const BETWEEN_LOOKS_MS = 5_000;
/** A person who waits hears something so often. */
const BETWEEN_WORDS_MS = 60_000;

const IN_WORDS: Readonly<Record<IndexState, string>> = {
  'making room': 'room is being made for it',
  filling: 'it is being filled with the entries that are there',
  ready: 'it can be read',
  going: 'it is being deleted',
  gone: 'it is gone',
};

interface Stages {
  readonly plan: IndexPlan;
  /** Of the version that is deployed in the end. */
  readonly assemblyFolder: string;
  /** The number of the first of these steps, and of all. */
  readonly first: number;
  readonly of: number;
}

/** Waits for indexes of a deployment that was broken off: DynamoDB goes on by itself. */
export async function untilReady({ unready, tableNames }: IndexPlan, work: DeployWork): Promise<void> {
  for (const step of unready) await untilState(step, ['ready'], { tableNames, work });
}

/**
 * Has the stack that is deployed get these indexes, one at a time, and nothing else: the code that runs meets nothing
 * new. Returns when the last one can be read. Throws RefusedError, and InterruptedError after Ctrl+C; running it again
 * goes on with what is left.
 */
export async function addIndexes(stages: Stages, work: DeployWork): Promise<void> {
  const { wanted, added } = stages.plan;
  await inStages(added, stages, work, {
    verb: 'gets',
    end: ['ready'],
    staged: (template, step) => withIndexesOf(wanted, template, [step]),
  });
}

/** The other way round: the version that is deployed does not know these. */
export async function removeIndexes(stages: Stages, work: DeployWork): Promise<void> {
  await inStages(stages.plan.removed, stages, work, {
    verb: 'loses',
    end: ['gone'],
    staged: (template, step) => withoutIndexes(template, [step]),
  });
}

interface Kind {
  readonly verb: string;
  readonly end: readonly IndexState[];
  readonly staged: (template: string, step: IndexStep) => string;
}

async function inStages(
  steps: readonly IndexStep[],
  { plan: { tableNames }, assemblyFolder, first, of }: Stages,
  work: DeployWork,
  { verb, end, staged }: Kind,
): Promise<void> {
  const { terminal, look, lookAgain } = work;
  const { stackName } = look;
  let template = steps.length === 0 ? '' : await deployedTemplate(work);
  for (const [at, step] of steps.entries()) {
    terminal.out(`\nStep ${first + at} of ${of}: the ledger ${verb} the index ${step.index}.`);
    template = staged(template, step);
    const folder = work.stageFolder(step.index);
    writeFormerAssembly({ assemblyFolder, stackName, template, folder });
    const before = await deployedStack(lookAgain());
    const stopped = `stopped before step ${first + at}: the stack works as before. Run it again: it goes on from there`;
    const target = { assemblyFolder: folder, before, stopped };
    const others = differing(await templateText(lookAgain()), asGivenBack(template));
    const { events, total } = await changeStack(target, work, (changes) => {
      refuseMore(others, changes, step);
      return Promise.resolve('execute');
    });
    if (events) {
      const ending = await watchDeployment(events, { ...work, total });
      refuseFailed(ending, { stackName, region: look.home.region });
    }
    await untilState(step, end, { tableNames, work });
  }
}

/** The deployed template, with every character. */
async function deployedTemplate({ formerTemplate, lookAgain }: DeployWork): Promise<string> {
  const found = await formerTemplate(lookAgain());
  if (found !== undefined) return found;
  throw new RefusedError(
    'nothing was changed: the ledger gets new indexes in steps of their own, for which the deployed template is needed as it was deployed. CloudFormation gives it back with a ? for some characters, and it is not among the newest fifty that CDK has published. Run npx vmx deploy in the folder of the deployed version, which publishes it again, and then this',
  );
}

/**
 * A step changes the table alone. The toolkit compares with the template as CloudFormation gives it back, so it names
 * each resource in which a character is lost: `others` are those that differ nevertheless.
 */
function refuseMore(
  others: readonly string[],
  changes: StackChanges | undefined,
  { logicalId, index }: IndexStep,
): void {
  const more = others.filter((one) => one !== logicalId);
  if (more.length === 0 && changes?.isWider !== true) return;
  throw new RefusedError(
    `the step for the index ${index} would change more than the ledger: ${more.join(', ') || 'permissions'}. Nothing of it was done. Please report this`,
  );
}

/** Says how far DynamoDB is with an index, until it is there. */
async function untilState(
  { logicalId, index }: IndexStep,
  end: readonly IndexState[],
  { tableNames, work }: { tableNames: IndexPlan['tableNames']; work: DeployWork },
): Promise<void> {
  const { terminal, interruption, look, wait, clock } = work;
  const left = `stopped: DynamoDB goes on with the index ${index} by itself, and the stack works as before. Run it again: it goes on from there`;
  const goOn = <Result>(step: Promise<Result>) => unlessAborted(interruption.first, left, step);
  const startedAtMs = clock();
  let said: { readonly words: string; readonly atMs: number } | undefined;
  for (;;) {
    const state = await goOn(stateNow(tableNames.get(logicalId) ?? '', index, look));
    const nowMs = clock();
    const words = state === undefined ? 'AWS does not answer, still looking' : IN_WORDS[state];
    if (words !== said?.words || nowMs - said.atMs >= BETWEEN_WORDS_MS) {
      terminal.out(`  ${clockTime(nowMs - startedAtMs)}  ${index}: ${words}`);
      said = { words, atMs: nowMs };
    }
    if (state !== undefined && end.includes(state)) return;
    if (state === 'gone') throw new RefusedError(`the index ${index} is not there any more: run it again`);
    await goOn(wait(BETWEEN_LOOKS_MS));
  }
}

/** Undefined: AWS does not say it for now. Throws RefusedError. */
async function stateNow(table: string, index: string, look: Look): Promise<IndexState | undefined> {
  try {
    return (await tableIndexes(table, look)).stateOf(index);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (mayPass(error instanceof Unseen ? error.cause : error)) return undefined;
    throw new RefusedError(
      `it cannot be seen whether the index ${index} is ready: ${error.message}. DynamoDB goes on by itself: run it again`,
      { cause: error },
    );
  }
}
