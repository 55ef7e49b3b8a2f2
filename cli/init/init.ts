import { setTimeout as wait } from 'node:timers/promises';
import { HOME_FOLDER } from '../../infra/installation.ts';
import { type ClientPlace, createAsker } from '../aws/asker.ts';
import { configuredRegion } from '../aws/configured-region.ts';
import { type Command, UsageError } from '../command.ts';
import { type InitOptions, parseInitOptions } from './init-options.ts';
import { terminalPrompter } from '../prompter.ts';
import { runInit } from './run-init.ts';

/** `vmx init`: the settings of a deployment, made from what the instance says of itself. */
export const initCommand: Command = {
  name: 'init',
  summary: 'write the settings for an Amazon Connect instance of yours',
  usage: `vmx init [options]

Finds the Amazon Connect instance, reads what it can, asks the rest, and writes
deployments/<name>.config.ts, with a comment above each setting. It changes nothing in the account
unless --fix is given.

  --deployment NAME  the name of the settings (default: the alias of the instance)
  --region REGION    (default: AWS_REGION, or that of the profile)
  --instance WHICH   alias, id or ARN, where there are several
  --queue WHICH      name or ARN of the queue for voicemails whose own is not found
  --language CODE    what callers speak, such as en-US (default), or auto
  --time-zone ZONE   such as America/New_York (default: that of the queue's hours)
  --stream ARN       the Kinesis data stream for contact records, where the instance names none
  --mail-from ADDR   the sender of voicemails by email (default: no delivery by email)
  --alarm-mail ADDR  who gets alarms; may be given several times
  --yes              ask nothing: take the options, and what is suggested
  --fix              switch on what is missing: live media streaming, 24 hours of retention, contact
                     records. Each change is shown first
  --force            replace settings that are there
  --endpoint URL     instead of AWS, as AWS_ENDPOINT_URL does: the simulator

Exit code: 0 the settings are written, 1 AWS said no, or settings are there already, 2 not used as
described here, 130 ended with Ctrl+C.`,

  async run(args, terminal) {
    const options = parseInitOptions(args);
    const asker = createAsker(await placeOf(options), {
      wait: (ms) => wait(ms),
      clock: () => performance.now(),
    });
    if (options.isYes)
      return await runInit(options, { terminal, prompter: undefined, root: HOME_FOLDER, asker });
    if (!process.stdin.isTTY)
      throw new UsageError('nobody can be asked here: say --yes, and the rest as options');
    const prompter = terminalPrompter();
    try {
      return await runInit(options, { terminal, prompter, root: HOME_FOLDER, asker });
    } finally {
      prompter.close();
    }
  },
};

/** Throws UsageError if nothing names a Region. */
async function placeOf({ region: given, endpoint }: InitOptions): Promise<ClientPlace> {
  const region = given ?? (await configuredRegion());
  if (region === undefined) {
    throw new UsageError('name the Region with --region, in AWS_REGION or in the profile');
  }
  return { region, ...(endpoint !== undefined && { endpoint }) };
}
