import { setTimeout as wait } from 'node:timers/promises';
import { IS_INSTALLED } from '../infra/installation.ts';
import { type Command, notInArchive } from './command.ts';
import { completionCommand } from './completion.ts';

const pause = (ms: number) => wait(ms);

/**
 * Every command of `vmx`, in the order in which help lists them. Each is loaded when it is needed: what all of them
 * import takes seconds. The simulator with its speech recognizer is in no archive.
 */
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./init/init.ts')).initCommand,
  doctor: async () => (await import('./doctor/doctor.ts')).doctorCommand,
  deploy: async () => (await import('./deploy/deploy.ts')).deployCommand,
  upgrade: async () => (await import('./upgrade/upgrade.ts')).upgradeCommand,
  verify: async () => (await import('./verify/verify.ts')).verifyCommand,
  uninstall: async () => (await import('./uninstall/uninstall.ts')).uninstallCommand,
  'deployer-policy': async () => (await import('./deployer-policy/deployer-policy.ts')).deployerPolicyCommand,
  call: async () => (IS_INSTALLED ? notInArchive('call') : (await import('./call/call.ts')).callCommand),
  simulator: async () =>
    IS_INSTALLED ? notInArchive('simulator') : (await import('./simulator.ts')).simulatorCommand,
  'lint-flow': async () => (await import('./lint-flow.ts')).lintFlowCommand,
  'check-export': async () => (await import('./check-export/check-export.ts')).checkExportCommand,
  list: async () => (await import('./voicemails/list.ts')).listCommand(pause),
  show: async () => (await import('./voicemails/show.ts')).showCommand(pause),
  handle: async () => (await import('./inbox/handle.ts')).handleCommand(pause),
  reopen: async () => (await import('./inbox/reopen.ts')).reopenCommand(pause),
  assign: async () => (await import('./inbox/assign.ts')).assignCommand(pause),
  report: async () => (await import('./inbox/report.ts')).reportCommand(pause),
  redrive: async () => (await import('./voicemails/redrive.ts')).redriveCommand(pause),
  reindex: async () => (await import('./reindex/reindex.ts')).reindexCommand,
  restore: async () => (await import('./restore/restore.ts')).restoreCommand,
  revoke: async () => (await import('./links/revoke.ts')).revokeCommand(pause),
  unrevoke: async () => (await import('./links/revoke.ts')).unrevokeCommand(pause),
  hold: async () => (await import('./holds/hold.ts')).holdCommand(pause),
  'release-hold': async () => (await import('./holds/hold.ts')).releaseHoldCommand(pause),
  erase: async () => (await import('./erase/erase.ts')).eraseCommand(pause),
  'restore-recording': async () =>
    (await import('./archive/restore-recording.ts')).restoreRecordingCommand(pause),
  'rotate-key': async () => (await import('./links/rotate-key.ts')).rotateKeyCommand(pause),
  templates: async () => (await import('./templates/templates.ts')).templatesCommand(pause),
  cost: async () => (await import('./cost/cost.ts')).costCommand(),
  scale: async () => (await import('./scale/scale.ts')).scaleCommand,
  completion: async () => completionCommand(allCommands),
};

export function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(LOADERS).map((load) => load()));
}

/** Those that the arguments of `vmx` need: one if they name one, and all for the list of commands. */
export async function commandsFor([first, second]: readonly string[]): Promise<readonly Command[]> {
  if (first === '--version' || first === '-v') return [];
  const name = first === 'help' ? second : first;
  const load = name !== undefined && Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  return load ? [await load()] : await allCommands();
}
