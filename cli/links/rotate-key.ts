import { parseArgs } from 'node:util';
import { homeOf } from '../../infra/arns.ts';
import { stackNameOf } from '../../infra/config.ts';
import { outputsOf } from '../aws/deployed-stack.ts';
import { type LinkKeyStore, linkKeyStore } from '../aws/link-keys.ts';
import { EXIT, RefusedError, UsageError, type Command, type Terminal } from '../command.ts';
import { PLACE_OPTIONS, PLACE_USAGE, placeSettings } from '../place.ts';
import { timeInWords } from '../voicemails/operations.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** For so long after a change, functions still sign with the key before: they cache it for five minutes. */
const SIGNED_WITH_OLD_MS = 10 * MINUTE_MS;

/** `vmx rotate-key`: says what it would do, and does it with `--yes`. */
export function rotateKeyCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'rotate-key',
    summary: 'change the key that signs the links to recordings',
    usage: `vmx rotate-key [--yes] [--break-links] [--withdraw] [options]

Links are signed with a key. Those of the present key and of the one before it open. So a change breaks no
link, unless the change before it is less than linkDays ago.

  --yes              do it; without it, nothing is done but said (as --dry-run says explicitly)
  --break-links      also if links stop working that have not expired
  --withdraw         somebody else knows the key: change it, wait ten minutes, and change it again, so that
                     no link that was made before opens any more
${PLACE_USAGE}
  --stack NAME       the deployed stack (default: that of the settings)

Exit code: 0 done or said, 1 refused, 2 not used as described here.`,
    async run(args, terminal) {
      const { values } = parseArgs({
        args: [...args],
        options: {
          ...PLACE_OPTIONS,
          stack: { type: 'string' },
          yes: { type: 'boolean', default: false },
          'dry-run': { type: 'boolean', default: false },
          'break-links': { type: 'boolean', default: false },
          withdraw: { type: 'boolean', default: false },
        },
      });
      if (values.yes && values['dry-run']) throw new UsageError('--yes or --dry-run, not both');
      const { config } = await placeSettings(values);
      const { endpoint } = values;
      const place = {
        region: homeOf(config.instanceArn).region,
        ...(endpoint !== undefined && { endpoint }),
      };
      const stackName = values.stack ?? stackNameOf(config);
      const secretArn = (await outputsOf(stackName, place)).get('LinkSecret');
      if (secretArn === undefined) {
        throw new RefusedError(`the stack ${stackName} has no output LinkSecret, so no key of links`);
      }
      return await rotate(linkKeyStore(secretArn, place), {
        terminal,
        wait,
        isDone: values.yes,
        mayBreak: values['break-links'],
        withdraws: values.withdraw,
        linkDays: config.linkDays,
        now: Date.now,
      });
    },
  };
}

interface Rotation {
  readonly terminal: Terminal;
  readonly wait: (ms: number) => Promise<void>;
  /** False: only say what would be done. */
  readonly isDone: boolean;
  readonly mayBreak: boolean;
  readonly withdraws: boolean;
  readonly linkDays: number;
  readonly now: () => number;
}

async function rotate(keys: LinkKeyStore, rotation: Rotation): Promise<number> {
  const { terminal, isDone, withdraws } = rotation;
  const changedAtMs = await keys.changedAtMs();
  terminal.out(`The present key has signed links since ${timeInWords(changedAtMs)}.`);
  if (withdraws) {
    terminal.out('All links that were made until now would stop working, those that have not expired too.');
  } else await tellWhatBreaks(keys, changedAtMs, rotation);
  if (!isDone) {
    terminal.out('Nothing has been done yet: --yes does it.');
    return EXIT.ok;
  }
  await keys.change();
  terminal.out('The key is changed. Within five minutes, all new links are signed with it.');
  if (withdraws) await changeAgain(keys, rotation);
  return EXIT.ok;
}

/** Throws RefusedError if links would break and nobody agreed to it. */
async function tellWhatBreaks(
  keys: LinkKeyStore,
  changedAtMs: number | undefined,
  { terminal, isDone, mayBreak, linkDays, now }: Rotation,
): Promise<void> {
  const lastExpiresAtMs = (changedAtMs ?? 0) + linkDays * DAY_MS;
  if (!(await keys.hasPrevious()) || lastExpiresAtMs <= now()) {
    terminal.out('A new key breaks no link.');
    return;
  }
  const words = `links that were made before ${timeInWords(changedAtMs)} would stop working, and the last of them expires at ${timeInWords(lastExpiresAtMs)}`;
  if (isDone && !mayBreak) {
    throw new RefusedError(`${words}. Wait until then, or say --break-links`);
  }
  terminal.out(`With a new key, ${words}.`);
}

async function changeAgain(keys: LinkKeyStore, { terminal, wait }: Rotation): Promise<void> {
  terminal.out(
    [
      'Waiting ten minutes, because functions have the old key for five, and links that they make meanwhile must work.',
      'If this is broken off, links of the old key go on opening: run it again.',
    ].join('\n'),
  );
  await wait(SIGNED_WITH_OLD_MS);
  await keys.change();
  terminal.out('The key is changed again. In five minutes, no link that was made before opens any more.');
}
