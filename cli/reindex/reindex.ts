import { parseArgs } from 'node:util';
import { homeOf } from '../../infra/arns.ts';
import { stackNameOf } from '../../infra/config.ts';
import { deployedStack } from '../aws/deployed-stack.ts';
import { ledgerKeys } from '../aws/ledger-keys.ts';
import type { Command } from '../command.ts';
import { PLACE_OPTIONS, PLACE_USAGE, placeSettings } from '../place.ts';
import { reindexLedger } from './reindex-ledger.ts';

/** `vmx reindex`: has entries of earlier versions found by caller and by inbox. */
export const reindexCommand: Command = {
  name: 'reindex',
  summary: 'have voicemails of earlier versions found by caller and by inbox',
  usage: `vmx reindex [options]

Reads the whole ledger, and sets what its indexes are keyed by where it is missing: in entries of earlier
versions, and in those that vmx restore has brought back. vmx upgrade ends with it. A member that is there
stays, and so does an entry of a later version. Break it off whenever you like: the next run goes on.

${PLACE_USAGE}
  --stack NAME       the deployed stack (default: that of the settings)

Exit code: 0 done, 1 refused, or some entries could not be read; 2 not used as described here.`,

  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { ...PLACE_OPTIONS, stack: { type: 'string' } },
    });
    const { config } = await placeSettings(values);
    const { endpoint } = values;
    const { region } = homeOf(config.instanceArn);
    const place = { region, ...(endpoint !== undefined && { endpoint }) };
    const { ledgerTable } = await deployedStack(values.stack ?? stackNameOf(config), place);
    return await reindexLedger(ledgerKeys(ledgerTable, place), terminal);
  },
};
