import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from './command.ts';
import { callCommand } from './commands/call.ts';
import { lintFlowCommand } from './commands/lint-flow.ts';
import { listCommand } from './commands/list.ts';
import { redriveCommand } from './commands/redrive.ts';
import { showCommand } from './commands/show.ts';
import { templatesCommand } from './commands/templates.ts';
import { runVmx } from './run-vmx.ts';

const pause = (ms: number) => wait(ms);
const COMMANDS: readonly Command[] = [
  callCommand,
  lintFlowCommand,
  listCommand(pause),
  showCommand(pause),
  redriveCommand(pause),
  templatesCommand(pause),
];

// npm runs scripts in the project's folder; files are named from where the person stands.
process.chdir(process.env['INIT_CWD'] ?? process.cwd());

process.exitCode = await runVmx(COMMANDS, process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
});
