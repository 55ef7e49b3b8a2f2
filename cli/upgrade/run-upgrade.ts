import { EXIT, RefusedError, type Terminal } from '../command.ts';
import type { DeployOptions } from '../deploy/deploy-options.ts';
import { isDeployed, outputOf, stack } from '../doctor/facts/stack.ts';
import { compareVersions } from '../doctor/lanes/stack/version-differs.ts';
import type { Look } from '../doctor/look.ts';
import { agrees, type Prompter } from '../prompter.ts';
import { chooseQueue } from '../verify/choose-queue.ts';
import type { TestOutcome, TestQueue } from '../../src/domain/test-voicemail.ts';
import { changelogText, sectionsSince } from './changelog.ts';

/** What `vmx upgrade` works with. */
export interface UpgradeWork {
  readonly terminal: Terminal;
  /** Undefined: nobody is asked. */
  readonly prompter: Prompter | undefined;
  readonly settingsFile: string;
  readonly look: Look;
  /** A look that has seen nothing yet: what it sees is as it is now. */
  readonly lookAgain: () => Look;
  /** That of this folder: `0.3.0`. */
  readonly version: string;
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
  /** Deploys as `vmx deploy` does, with all that it refuses. */
  readonly deploy: (options: DeployOptions) => Promise<number>;
  /** The template that is deployed. Undefined: it cannot be read back as it was. */
  readonly formerTemplate: () => Promise<string | undefined>;
  /** Deploys that template, as `vmx deploy` does, without asking. */
  readonly deployFormer: (template: string) => Promise<number>;
  readonly test: (queue: TestQueue, look: Look) => Promise<TestOutcome>;
  /** Has entries of earlier versions found as those of this one. Returns the exit code. */
  readonly reindex: (look: Look) => Promise<number>;
}

/**
 * Brings a deployed stack to the version of this folder: says what has changed and what is to be done, deploys, and
 * sends one test voicemail. If the stack does not deliver it, the stack goes back to the template that was deployed
 * before. Throws RefusedError, in words; nothing is changed then, unless it says so.
 */
export async function runUpgrade(options: DeployOptions, work: UpgradeWork): Promise<number> {
  const { terminal, look, version, settingsFile } = work;
  terminal.out(
    `${settingsFile}: stack ${look.stackName}, account ${look.home.accountId}, Region ${look.home.region}`,
  );
  const found = await stack(look);
  if (!found || !isDeployed(found)) {
    throw new RefusedError(`there is no stack ${look.stackName} that could be upgraded: run npx vmx deploy`);
  }
  const deployed = outputOf(found, 'Version');
  terminal.out(
    `  deployed: ${deployed ?? 'a version before 0.2.0, which does not say which one'}\n  this folder: ${version}`,
  );
  if (deployed === version) {
    terminal.out('It is this version already. Settings are deployed by npx vmx deploy.');
    return EXIT.ok;
  }
  refuseOlder(deployed, version);
  const queue = await testQueueOf(options, work);
  const former = await work.formerTemplate();
  terminal.out(`\n${changelogText(sectionsSince(work.changelog, deployed))}\n`);
  terminal.out(aboutTest(queue, former));
  await askToGoOn(options, work);

  await work.deploy(options);
  await refuseUnchanged(work);
  if (!queue) return await reindexed(EXIT.ok, work);
  terminal.out(`\nSending a test voicemail to the queue ${queue.name}:`);
  return await reindexed(await judge(await work.test(queue, work.lookAgain()), former, work), work);
}

/** The new version stays: then its indexes get the entries of earlier ones. */
async function reindexed(code: number, { terminal, lookAgain, reindex }: UpgradeWork): Promise<number> {
  terminal.out('\nLooking for entries of the ledger that earlier versions have made:');
  try {
    const found = await reindex(lookAgain());
    return code === EXIT.ok ? found : code;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    terminal.err(`The ledger was not filled up to its end: ${error.message}\nnpx vmx reindex goes on.`);
    return EXIT.findings;
  }
}

function refuseOlder(deployed: string | undefined, version: string): void {
  if (deployed === undefined || compareVersions(deployed, version) < 0) return;
  throw new RefusedError(
    `${deployed} is newer than this folder, which has ${version}: going there is a rollback, and npx vmx deploy does it. Read "Update, roll back" in docs/deploy.md first: voicemails are delivered, but the older version does less`,
  );
}

/** Undefined: no test is wanted. Throws RefusedError if nobody says so, and for a queue that is not there. */
async function testQueueOf(
  options: DeployOptions,
  { look, prompter }: UpgradeWork,
): Promise<TestQueue | undefined> {
  if (options.isWithoutTest) return undefined;
  const wanted = options.testQueue ?? look.config.testQueue;
  if (wanted === undefined && (!prompter || options.isYes)) {
    throw new RefusedError(
      'who gets the test voicemail? Say --test-queue NAME, set testQueue, or say --no-verify to go without: then nobody looks whether the new version delivers',
    );
  }
  return await chooseQueue(wanted, { look, prompter });
}

function aboutTest(queue: TestQueue | undefined, former: string | undefined): string {
  if (!queue) {
    return 'No test voicemail is sent (--no-verify): nobody looks whether the new version delivers, and nothing is rolled back.';
  }
  const then =
    former === undefined
      ? 'The stack cannot go back by itself if it is not delivered, because the deployed template is not found as it was deployed; you would deploy the former version from its folder.'
      : 'If the stack does not deliver it, the stack goes back to what is deployed now.';
  return `After the deployment, a test voicemail is sent to the queue ${queue.name}, and removed. ${then}`;
}

async function askToGoOn({ isYes }: DeployOptions, { prompter, look, version }: UpgradeWork): Promise<void> {
  if (isYes) return;
  if (!prompter) throw new RefusedError('nobody can be asked here: say --yes');
  if (await agrees(prompter, `Upgrade the stack ${look.stackName} to ${version}?`)) return;
  throw new RefusedError('stopped: nothing was changed');
}

async function refuseUnchanged({ lookAgain, version }: UpgradeWork): Promise<void> {
  const found = await stack(lookAgain());
  const deployed = found && outputOf(found, 'Version');
  if (deployed === version) return;
  throw new RefusedError(`the deployment has ended, and the stack says version ${deployed ?? 'unknown'}`);
}

/** Says how the test went; goes back if the stack has failed it. */
async function judge(outcome: TestOutcome, former: string | undefined, work: UpgradeWork): Promise<number> {
  const { terminal, version } = work;
  for (const one of outcome.left) terminal.err(`Not removed: ${one}`);
  switch (outcome.kind) {
    case 'delivered':
      if (outcome.wrong.length + outcome.unseen.length === 0) {
        const removed = outcome.left.length === 0 ? ', and removed' : '';
        terminal.out(
          `The test voicemail was delivered, with its transcript and its link${removed}. Upgraded to ${version}.`,
        );
        return EXIT.ok;
      }
      terminal.err(
        `Upgraded to ${version}. The test voicemail was delivered, and: ${[...outcome.wrong, ...outcome.unseen].join('; ')}. Voicemails are not lost; look at npx vmx doctor.`,
      );
      return EXIT.findings;
    case 'broken off':
    case 'not tried':
      terminal.err(
        `Upgraded to ${version}. The test voicemail could not be sent or followed, which says nothing about the stack${outcome.kind === 'not tried' ? `: ${outcome.why}` : ''}. Leave a message yourself, and look at npx vmx list --state all.`,
      );
      return EXIT.findings;
    case 'lost':
      return await goBack(outcome.why, former, work);
  }
}

async function goBack(why: string, former: string | undefined, work: UpgradeWork): Promise<number> {
  const { terminal, version } = work;
  terminal.err(`Version ${version} has not delivered the test voicemail: ${why}.`);
  const byHand = `Put the folder of the former version in place of this one, and run npx vmx deploy there. Voicemails that wait are in npx vmx list.`;
  if (former === undefined) {
    throw new RefusedError(`${version} stays deployed, and may not deliver voicemails. ${byHand}`);
  }
  terminal.err('Going back to what was deployed before:');
  try {
    await work.deployFormer(former);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw new RefusedError(
      `the stack did not go back, and ${version} stays deployed: ${error.message}\n${byHand}`,
      { cause: error },
    );
  }
  throw new RefusedError(
    `the stack is what it was before the upgrade, and goes on with the voicemails that came in meanwhile. Look at npx vmx list and npx vmx doctor for why ${version} did not deliver; then run npx vmx upgrade again`,
  );
}
