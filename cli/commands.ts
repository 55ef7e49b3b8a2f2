import { setTimeout as wait } from 'node:timers/promises';
import { IS_INSTALLED } from '../infra/installation.ts';
import { type Command, notInArchive } from './command.ts';
import { completionCommand } from './completion.ts';
import { deployCommand } from './deploy/deploy.ts';
import { deployerPolicyCommand } from './deployer-policy/deployer-policy.ts';
import { doctorCommand } from './doctor/doctor.ts';
import { initCommand } from './init/init.ts';
import { lintFlowCommand } from './lint-flow.ts';
import { listCommand } from './voicemails/list.ts';
import { revokeCommand, unrevokeCommand } from './links/revoke.ts';
import { rotateKeyCommand } from './links/rotate-key.ts';
import { restoreCommand } from './restore/restore.ts';
import { redriveCommand } from './voicemails/redrive.ts';
import { showCommand } from './voicemails/show.ts';
import { templatesCommand } from './templates/templates.ts';
import { uninstallCommand } from './uninstall/uninstall.ts';
import { upgradeCommand } from './upgrade/upgrade.ts';

const pause = (ms: number) => wait(ms);

/** The simulator with its speech recognizer is in no archive. */
async function laptopCommands(): Promise<readonly Command[]> {
  if (IS_INSTALLED) return [notInArchive('call'), notInArchive('simulator')];
  const [{ callCommand }, { simulatorCommand }] = await Promise.all([
    import('./call/call.ts'),
    import('./simulator.ts'),
  ]);
  return [callCommand, simulatorCommand];
}

/** Every command of `vmx`, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  initCommand,
  doctorCommand,
  deployCommand,
  upgradeCommand,
  uninstallCommand,
  deployerPolicyCommand,
  ...(await laptopCommands()),
  lintFlowCommand,
  listCommand(pause),
  showCommand(pause),
  redriveCommand(pause),
  restoreCommand,
  revokeCommand(pause),
  unrevokeCommand(pause),
  rotateKeyCommand(pause),
  templatesCommand(pause),
  completionCommand(() => COMMANDS),
];
