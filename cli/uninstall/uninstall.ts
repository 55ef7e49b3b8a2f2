import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from '../command.ts';
import { createLook } from '../doctor/look.ts';
import { tellProgress } from '../doctor/progress.ts';
import { PLACE_USAGE, placeSettings } from '../place.ts';
import { terminalPrompter } from '../prompter.ts';
import { runUninstall } from './run-uninstall.ts';
import { parseUninstallOptions } from './uninstall-options.ts';

/** `vmx uninstall`: takes the stack out of an account. */
export const uninstallCommand: Command = {
  name: 'uninstall',
  summary: 'delete the stack, and keep recordings, transcripts and the ledger',
  usage: `vmx uninstall [options]

Stops if numbers or flows of yours lead to flows of the stack, and names them. Then it waits until no
voicemail is on its way any more, says what is deleted, what is kept and what stops working, and has
CloudFormation delete the stack once you have typed its name. It shows each resource as CloudFormation
is done with it. If it is broken off meanwhile, CloudFormation goes on; run it again to see the end.

${PLACE_USAGE}
  --yes STACKNAME    ask nothing: the stack of this name is to be deleted
  --delete-data STACKNAME  delete what is kept, too: recordings, transcripts, the ledger and the key of links,
                     permanently; also when the stack is gone already. At the terminal it is asked for as well
  --data-of ID       which of several removed stacks: its id, or the name of one of its buckets
  --lose-waiting     do not wait for voicemails that are on their way, or for dead letters

Exit code: 0 deleted; 1 stopped or failed; 2 not used as described here.`,

  async run(args, terminal) {
    const options = parseUninstallOptions(args);
    const { config, file } = await placeSettings(options);
    const place = options.endpoint === undefined ? {} : { endpoint: options.endpoint };
    const limits = { wait: (ms: number) => wait(ms), clock: () => performance.now() };
    const progress = tellProgress(terminal);
    const prompter = process.stdin.isTTY ? terminalPrompter() : undefined;
    try {
      return await runUninstall(options, {
        ...limits,
        terminal,
        prompter,
        progress,
        settingsFile: file,
        look: createLook({ config, place, limits, progress: progress.note }),
        lookAgain: () => createLook({ config, place, limits }),
      });
    } finally {
      progress.stop();
      prompter?.close();
    }
  },
};
