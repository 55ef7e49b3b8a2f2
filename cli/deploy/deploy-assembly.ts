import { EXIT } from '../command.ts';
import { stack as deployedStack } from '../doctor/facts/stack.ts';
import { askFor } from './agreement.ts';
import { type Begun, changeStack, isThere, type Target } from './change-stack.ts';
import { changesText, losses, type StackChanges } from './changes.ts';
import type { DeployOptions } from './deploy-options.ts';
import { refuseFailed } from './ended.ts';
import { writeFormerAssembly } from './former-assembly.ts';
import { type IndexPlan, stepsText, withoutFalseAlarm } from './indexes/index-plan.ts';
import { addIndexes, removeIndexes, untilReady } from './indexes/index-stages.ts';
import { withIndexesOf } from './indexes/index-steps.ts';
import type { DeployWork } from './deploy-work.ts';
import { watchDeployment } from './watch-deployment.ts';

type Consent = Pick<DeployOptions, 'isYes' | 'mayLose'>;

/**
 * Says what an assembly changes, asks, and deploys it. DynamoDB changes one index of a table at a time: new ones come
 * before, in steps of their own, so that no function queries an index that cannot be read, and those that the assembly
 * does not have go after it.
 */
export async function deployAssembly(target: Target, consent: Consent, work: DeployWork): Promise<number> {
  const { assemblyFolder, before } = target;
  const plan = isThere(before) ? await work.indexes(assemblyFolder) : undefined;
  const proper =
    plan && plan.removed.length > 0
      ? { ...target, assemblyFolder: keepingIndexes(plan, target, work) }
      : target;
  work.terminal.out('\nPublishing the code, and asking CloudFormation what would change …');
  const { begun, isAgreed } = await agreedAndBegun(proper, consent, { plan, work });
  if (begun.events) await watchToTheEnd(begun.events, begun.total, work);
  if (!plan || !isAgreed) return EXIT.ok;
  const of = plan.added.length + 1 + plan.removed.length;
  await removeIndexes({ plan, assemblyFolder, first: plan.added.length + 2, of }, work);
  return EXIT.ok;
}

/** The assembly, with the indexes that it does not have and the deployed version may still query. */
function keepingIndexes(
  { deployed, wanted, removed }: IndexPlan,
  { assemblyFolder }: Target,
  { look: { stackName }, stageFolder }: DeployWork,
): string {
  const folder = stageFolder('keeping-indexes');
  const template = withIndexesOf(deployed, wanted, removed);
  writeFormerAssembly({ assemblyFolder, stackName, template, folder, keepsCode: true });
  return folder;
}

/** `isAgreed`: whether a person was asked, and said yes. */
async function agreedAndBegun(
  target: Target,
  consent: Consent,
  { plan, work }: { plan: IndexPlan | undefined; work: DeployWork },
): Promise<{ readonly begun: Begun; readonly isAgreed: boolean }> {
  const { terminal, look } = work;
  const steps = plan && stepsText(plan);
  let agreed: StackChanges | undefined;
  const isLookFirst = plan !== undefined && plan.added.length + plan.unready.length > 0;
  const begun = await changeStack(target, work, async (found) => {
    const changes = found && withoutFalseAlarm(found, plan);
    if (!changes && steps === undefined) {
      terminal.out(`Nothing in the stack ${look.stackName} would change.`);
      return 'discard';
    }
    agreed = changes ?? { isFirst: false, resources: [], isWider: false };
    terminal.out(`\n${changesText(agreed, look.stackName)}`);
    if (steps !== undefined) terminal.out(`\n${steps}`);
    await askFor(agreed, consent, work);
    return isLookFirst ? 'discard' : 'execute';
  });
  if (!agreed || !isLookFirst) {
    if (plan) await untilReady(plan, work);
    return { begun, isAgreed: agreed !== undefined };
  }
  return { begun: await afterIndexes(target, agreed, { plan, work }), isAgreed: true };
}

/** Has the indexes made that are new, and then what was agreed to. */
async function afterIndexes(
  target: Target,
  agreed: StackChanges,
  { plan, work }: { plan: IndexPlan; work: DeployWork },
): Promise<Begun> {
  const { terminal, lookAgain } = work;
  await untilReady(plan, work);
  const { assemblyFolder } = target;
  const [added, removed] = [plan.added.length, plan.removed.length];
  const of = added + 1 + removed;
  await addIndexes({ plan, assemblyFolder, first: 1, of }, work);
  if (of > 1) terminal.out(`\nStep ${added + 1} of ${of}: all else.`);
  const stopped =
    'stopped: the ledger has its indexes, and the stack works as before. Run it again: it goes on from there';
  const before = await deployedStack(lookAgain());
  return await changeStack({ assemblyFolder, before, stopped }, work, async (changes) => {
    if (!changes) return 'discard';
    const mayLose = losses(agreed).map(({ logicalId }) => logicalId);
    await askFor(changes, { isYes: true, mayLose }, work);
    return 'execute';
  });
}

async function watchToTheEnd(
  events: NonNullable<Begun['events']>,
  total: number,
  work: DeployWork,
): Promise<void> {
  const { terminal, look, lookAgain, settingsFile } = work;
  const { stackName, home } = look;
  refuseFailed(await watchDeployment(events, { ...work, total }), { stackName, region: home.region });
  const deployed = await deployedStack(lookAgain());
  terminal.out(
    [
      '',
      `Deployed: version ${deployed?.outputs['Version'] ?? 'unknown'} of stack ${stackName}, by ${settingsFile}.`,
      'Next: confirm the mails of AWS for alarms, have a number lead to a flow, and run npx vmx doctor.',
    ].join('\n'),
  );
}
