import { parseArgs } from 'node:util';
import type { Command } from '../command.ts';
import { COMMON_OPTIONS, COMMON_USAGE } from '../voicemails/operations.ts';
import { deliverAgain, followEach } from './follow.ts';

/** `vmx reopen`: has voicemails wait again that were handled. */
export function reopenCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'reopen',
    summary: 'have voicemails wait again that were handled',
    usage: `vmx reopen CONTACT… [--quiet] [options]

  --quiet            nobody is notified: it only waits again in vmx list
${COMMON_USAGE}

It is delivered again, to whom it was delivered before, and says that it was opened again.

Exit code: 0 done, 1 not known here, or refused by AWS, 2 not used as described here.`,
    run: async (args, terminal) => {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: { ...COMMON_OPTIONS, quiet: { type: 'boolean', default: false } },
        allowPositionals: true,
      });
      return followEach(
        positionals,
        async (known, on) => {
          if (known.followUp?.stage !== 'handled') return 'it waits already';
          const event = on.event('reopened');
          if (values.quiet) {
            await on.ledger.follow(known.contactId, event);
            return 'waits again';
          }
          await deliverAgain(known, event, on);
          return 'waits again, and is delivered again';
        },
        { values, terminal, wait },
      );
    },
  };
}
