import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from './command.ts';
import { callCommand } from './call/call.ts';
import { completionCommand } from './completion.ts';
import { deployCommand } from './deploy/deploy.ts';
import { doctorCommand } from './doctor/doctor.ts';
import { initCommand } from './init/init.ts';
import { lintFlowCommand } from './lint-flow.ts';
import { listCommand } from './voicemails/list.ts';
import { revokeCommand, unrevokeCommand } from './links/revoke.ts';
import { rotateKeyCommand } from './links/rotate-key.ts';
import { redriveCommand } from './voicemails/redrive.ts';
import { simulatorCommand } from './simulator.ts';
import { showCommand } from './voicemails/show.ts';
import { templatesCommand } from './templates/templates.ts';
import { uninstallCommand } from './uninstall/uninstall.ts';

const pause = (ms: number) => wait(ms);

/** Every command of `vmx`, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  initCommand,
  doctorCommand,
  deployCommand,
  uninstallCommand,
  callCommand,
  simulatorCommand,
  lintFlowCommand,
  listCommand(pause),
  showCommand(pause),
  redriveCommand(pause),
  revokeCommand(pause),
  unrevokeCommand(pause),
  rotateKeyCommand(pause),
  templatesCommand(pause),
  completionCommand(() => COMMANDS),
];
