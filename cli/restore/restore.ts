import { parseArgs } from 'node:util';
import { homeOf } from '../../infra/arns.ts';
import { stackNameOf } from '../../infra/config.ts';
import { deployedStack } from '../aws/deployed-stack.ts';
import { ledgerCopy } from '../aws/ledger-copy.ts';
import { type Command, RefusedError, UsageError } from '../command.ts';
import { PLACE_OPTIONS, PLACE_USAGE, placeSettings } from '../place.ts';
import { runRestore } from './run-restore.ts';

/** `vmx restore`: entries of a restored table come back into the ledger. */
export const restoreCommand: Command = {
  name: 'restore',
  summary: 'bring lost entries back into the ledger, from a restored table',
  usage: `vmx restore TABLE [options]

Copies entries of TABLE, which DynamoDB has restored from a backup of the ledger,
into the ledger of the stack: those that it does not have. It changes no entry that
is there, and says what it would do until you say --yes. docs/restore.md has the
steps before and after.

${PLACE_USAGE}
  --yes              do it
  --with-open        bring back voicemails that were on their way, too: they are
                     delivered, also if they were delivered since

Exit code: 0 done, 1 refused, 2 not used as described here.`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        ...PLACE_OPTIONS,
        yes: { type: 'boolean', default: false },
        'with-open': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [table, ...others] = positionals;
    if (table === undefined || others.length > 0) throw new UsageError('which table? Name one');
    const { config } = await placeSettings(values);
    const { endpoint } = values;
    const place = {
      region: homeOf(config.instanceArn).region,
      ...(endpoint !== undefined && { endpoint }),
    };
    const { ledgerTable } = await deployedStack(stackNameOf(config), place);
    if (table === ledgerTable)
      throw new RefusedError(`${table} is the ledger itself: name the restored table`);
    const copy = ledgerCopy({ from: table, to: ledgerTable }, place);
    const wish = { table, isAgreed: values.yes, withOpen: values['with-open'] };
    return await runRestore(wish, { copy, terminal, now: Date.now });
  },
};
