import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from './command.ts';
import { callCommand } from './call/call.ts';
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
import { runVmx } from './run-vmx.ts';

const pause = (ms: number) => wait(ms);
const COMMANDS: readonly Command[] = [
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
];

// npm runs scripts in the project's folder; file names are relative to the person's folder.
process.chdir(process.env['INIT_CWD'] ?? process.cwd());

process.exitCode = await runVmx(COMMANDS, process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
});
