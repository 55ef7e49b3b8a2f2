import { runVmx } from '../../cli/run-vmx.ts';
import { deploySettings } from '../../cli/deploy/deploy.ts';
import { parseDeployOptions } from '../../cli/deploy/deploy-options.ts';
import { EXIT } from '../../cli/command.ts';
import sample from '../../voicemail.config.ts';
import { QUEUES, synthesizeSmall } from './small-stack.ts';

// `vmx deploy --yes` as a process of its own, with a stack that is synthesized in a moment, and no doctor.
const { assemblyFolder, remove } = synthesizeSmall(QUEUES);
const deploy = {
  name: 'deploy',
  summary: '',
  usage: '',
  run: (args: readonly string[], terminal: { out: (text: string) => void; err: (text: string) => void }) =>
    deploySettings(
      { config: sample, file: 'voicemail.config.ts', path: 'voicemail.config.ts' },
      parseDeployOptions(args),
      { terminal, prompter: undefined, checks: [], synthesize: () => Promise.resolve(assemblyFolder) },
    ),
};
const code = await runVmx([deploy], ['deploy', '--yes'], {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stdout.write(`${text}\n`),
});
remove();
if (code === EXIT.interrupted) process.exit(code);
process.exitCode = code;
