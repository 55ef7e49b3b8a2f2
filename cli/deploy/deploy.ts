import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { destinationOf, type LoadedSettings } from '../../infra/settings/settings-file.ts';
import { changeSetOf } from '../aws/change-set.ts';
import { asDeployRole } from '../aws/deploy-role.ts';
import type { Limits } from '../aws/limits.ts';
import { stackEvents } from '../aws/stack-events.ts';
import type { Command } from '../command.ts';
import { CHECKS } from '../doctor/checks.ts';
import { createLook } from '../doctor/look.ts';
import { watchInterruption } from '../interruption.ts';
import { PLACE_USAGE, placeSettings } from '../place.ts';
import { terminalPrompter } from '../prompter.ts';
import { chooseQueue } from '../verify/choose-queue.ts';
import { verifyWatched } from '../verify/verify.ts';
import { adoptLegacy } from './adopt/adopt-legacy.ts';
import { assemblyIn } from './assembly.ts';
import { inPartition } from './bootstrap-roles.ts';
import { type DeployOptions, parseDeployOptions } from './deploy-options.ts';
import { formerTemplate } from './former-template.ts';
import type { DeployWork } from './deploy-work.ts';
import { indexPlan } from './indexes/index-plan.ts';
import { runDeploy } from './run-deploy.ts';
import { deployThenVerify } from './then-verify.ts';

/** `vmx deploy`: puts the stack into an account, or updates it. */
export const deployCommand: Command = {
  name: 'deploy',
  summary: 'put the stack into an account, or update it',
  usage: `vmx deploy [options]

Runs the doctor, and stops if something stands against it. Then it builds and synthesizes the stack, says
in words what would be created, changed, replaced and deleted, and what is lost with that, and deploys
it once you agree. It shows each resource as CloudFormation is done with it. If the deployment fails,
CloudFormation undoes it, and the reason is printed. Ctrl+C before it has begun leaves nothing behind;
after that CloudFormation goes on by itself, and running it again watches it to its end.

${PLACE_USAGE}
  --yes              ask nothing, if nothing is lost; watch a deployment that goes on, first
  --yes-replace ID   agree to what is lost with this resource; may be given several times
  --despite CHECK    pass over a blocker of the doctor; may be given several times
  --no-alarm-mail    agree that nobody hears of alarms
  --test-queue NAME  then send a test voicemail to this queue, as vmx verify does; absent: to the one of the
                     setting testQueue, if it is set
  --no-verify        send none
  --adopt            take in what a removed stack of this name left behind: recordings, transcripts, the
                     ledger, and the key of links
  --adopt-from ID    which of several removed stacks: its id, or the name of one of its buckets
  --fresh            leave it, and begin with empty buckets and an empty ledger

Exit code: 0 deployed, or nothing to change; 1 stopped or failed, or the test voicemail did not come
through; 2 not used as described here;
130 broken off by Ctrl+C.`,

  async run(args, terminal) {
    const options = parseDeployOptions(args);
    const settings = await placeSettings(options);
    const prompter = process.stdin.isTTY ? terminalPrompter() : undefined;
    try {
      const { config } = settings;
      const lookNow = () => createLook({ config, place: placeOf(options), limits: USUAL_LIMITS });
      const testQueue = options.isWithoutTest ? undefined : (options.testQueue ?? config.testQueue);
      return await deployThenVerify(testQueue, {
        terminal,
        requireQueue: (name) => chooseQueue(name, { look: lookNow(), prompter }),
        deploy: () => deploySettings(settings, options, { terminal, prompter }),
        verify: (queue) =>
          verifyWatched(
            { queue, isJson: false, isCall: false, isMail: false, isYes: true },
            { look: lookNow(), terminal, prompter, limits: USUAL_LIMITS },
          ),
      });
    } finally {
      prompter?.close();
    }
  },
};

const USUAL_LIMITS: Limits = { wait: (ms) => wait(ms), clock: () => performance.now() };

function placeOf({ endpoint }: DeployOptions) {
  return endpoint === undefined ? {} : { endpoint };
}

/** Deploys settings, with a folder of its own for what is built. Returns the exit code. */
export async function deploySettings(
  { config, file, path }: Pick<LoadedSettings, 'config' | 'file'> & Partial<Pick<LoadedSettings, 'path'>>,
  options: DeployOptions,
  person: Pick<DeployWork, 'terminal' | 'prompter'> &
    // For tests.
    Partial<Pick<DeployWork, 'interruption' | 'checks' | 'synthesize'>>,
  limits: Limits = USUAL_LIMITS,
): Promise<number> {
  const place = placeOf(options);
  const lookAgain = () => createLook({ config, place, limits });
  const look = lookAgain();
  const folder = mkdtempSync(join(tmpdir(), 'voicemail-deploy-'));
  forToolkit({ folder, endpoint: options.endpoint });
  const settingsText = textOf(path);
  const interruption = watchInterruption();
  try {
    return await runDeploy(options, {
      interruption,
      settingsFile: file,
      config,
      hasSettingsChanged: () => textOf(path) !== settingsText,
      look,
      lookAgain,
      checks: CHECKS,
      synthesize: () => assemblyIn(folder, config),
      // Much to load where only the help is wanted.
      toolkit: async (wanted) =>
        (await import('./stack-toolkit.ts')).stackToolkit({ ...wanted, stackName: look.stackName }),
      adopt: (legacy, assemblyFolder) => {
        const prompter = options.isYes ? undefined : person.prompter;
        const { terminal } = person;
        return adoptLegacy(legacy, { ...limits, look, terminal, prompter, assemblyFolder });
      },
      async changeSet(name, { deployRoleArn, wasProtected }) {
        // As the toolkit does, which finds the partition by the Region.
        const roleArn = inPartition(deployRoleArn, look.home.partition);
        const asker = roleArn === undefined ? look : await asDeployRole(roleArn, look, limits);
        return changeSetOf(look.stackName, name, { asker, wasProtected });
      },
      indexes: (assemblyFolder) =>
        indexPlan(assemblyFolder, { look: lookAgain(), note: (sentence) => person.terminal.err(sentence) }),
      formerTemplate,
      stageFolder: (name) => mkdtempSync(join(folder, `${name}-`)),
      events: (stackArn) => stackEvents(stackArn, look),
      ...limits,
      ...person,
    });
  } finally {
    interruption.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The toolkit takes the endpoint from the environment. It remembers accounts by access key in its folder, where
 * another simulator with the same key would be taken for the first one.
 */
function forToolkit({ folder, endpoint }: { folder: string; endpoint: string | undefined }): void {
  if (endpoint !== undefined) process.env['AWS_ENDPOINT_URL'] = endpoint;
  if (destinationOf(endpoint) === 'laptop') process.env['CDK_HOME'] = folder;
}

/** Of a file that is gone, undefined. */
function textOf(file: string | undefined): string | undefined {
  return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
