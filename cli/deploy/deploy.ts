import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { destinationOf, type LoadedSettings } from '../../infra/settings/settings-file.ts';
import type { Limits } from '../aws/limits.ts';
import type { Command } from '../command.ts';
import { CHECKS } from '../doctor/checks.ts';
import { createLook } from '../doctor/look.ts';
import { PLACE_USAGE, placeSettings } from '../place.ts';
import { terminalPrompter } from '../prompter.ts';
import { assemblyIn } from './assembly.ts';
import { type DeployOptions, parseDeployOptions } from './deploy-options.ts';
import { type DeployWork, runDeploy } from './run-deploy.ts';

/** `vmx deploy`: puts the stack into an account, or updates it. */
export const deployCommand: Command = {
  name: 'deploy',
  summary: 'put the stack into an account, or update it',
  usage: `vmx deploy [options]

Runs the doctor, and stops if something stands against it. Then it builds and synthesizes the stack, says
in words what would be created, changed, replaced and deleted, and what is lost with that, and deploys
it once you agree. It shows each resource as CloudFormation is done with it. If the deployment fails,
CloudFormation undoes it, and the reason is printed.

${PLACE_USAGE}
  --yes              ask nothing, if nothing is lost
  --yes-replace ID   agree to what is lost with this resource; may be given several times
  --despite CHECK    pass over a blocker of the doctor; may be given several times
  --no-alarm-mail    agree that nobody hears of alarms

Exit code: 0 deployed, or nothing to change; 1 stopped or failed; 2 not used as described here.`,

  async run(args, terminal) {
    const options = parseDeployOptions(args);
    const settings = await placeSettings(options);
    const prompter = process.stdin.isTTY ? terminalPrompter() : undefined;
    try {
      return await deploySettings(settings, options, { terminal, prompter });
    } finally {
      prompter?.close();
    }
  },
};

/** Deploys settings, with a folder of its own for what is built. Returns the exit code. */
export async function deploySettings(
  { config, file }: Pick<LoadedSettings, 'config' | 'file'>,
  options: DeployOptions,
  person: Pick<DeployWork, 'terminal' | 'prompter'> & Partial<Pick<DeployWork, 'checks' | 'synthesize'>>,
  limits: Limits = { wait: (ms) => wait(ms), clock: () => performance.now() },
): Promise<number> {
  const place = options.endpoint === undefined ? {} : { endpoint: options.endpoint };
  const lookAgain = () => createLook({ config, place, limits });
  const look = lookAgain();
  const folder = mkdtempSync(join(tmpdir(), 'voicemail-deploy-'));
  forToolkit({ folder, endpoint: options.endpoint });
  try {
    return await runDeploy(options, {
      settingsFile: file,
      config,
      look,
      lookAgain,
      checks: CHECKS,
      synthesize: () => assemblyIn(folder, config),
      // Much to load where only the help is wanted.
      toolkit: async (wanted) =>
        (await import('./stack-toolkit.ts')).stackToolkit({ ...wanted, stackName: look.stackName }),
      clock: limits.clock,
      ...person,
    });
  } finally {
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
