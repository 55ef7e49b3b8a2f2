import { homeOf } from '../../infra/arns.ts';
import { stackNameOf } from '../../infra/config.ts';
import { ledgerDaysOf } from '../../infra/retention-settings.ts';
import { contactIdSchema } from '../../src/domain/voicemail.ts';
import { type ArchivedObjects, archivedObjects } from '../aws/archived-objects.ts';
import { createAsker } from '../aws/asker.ts';
import { callerIdentity } from '../aws/caller-identity.ts';
import { deployedStack } from '../aws/deployed-stack.ts';
import { type HeldObjects, heldObjects } from '../aws/held-objects.ts';
import { type OpenTasks, openTasks } from '../aws/open-tasks.ts';
import { recipientNamed, recipientNames } from '../aws/recipient-names.ts';
import { type LedgerEntries, ledgerEntries } from '../aws/ledger-entries.ts';
import { type ObjectFinder, objectFinder } from '../aws/voicemail-objects.ts';
import { type WorkQueues, workQueues } from '../aws/work-queues.ts';
import { UsageError } from '../command.ts';
import { PLACE_OPTIONS, PLACE_USAGE, placeSettings, type PlaceOptions } from '../place.ts';

/** What `vmx list`, `show` and `redrive` work with. */
export interface Operations {
  readonly ledger: LedgerEntries;
  readonly objects: ObjectFinder;
  readonly queues: WorkQueues;
  readonly held: HeldObjects;
  readonly archived: ArchivedObjects;
  readonly tasks: OpenTasks;
  /** The ARN of a queue, or of an agent's own queue. Throws RefusedError, in words. */
  readonly recipientNamed: (whom: {
    readonly queue?: string | undefined;
    readonly agent?: string | undefined;
  }) => Promise<string>;
  /** By whose credentials this asks. Asked once. */
  readonly callerArn: () => Promise<string>;
  /** Names of queues and agents, by their ARNs. */
  readonly namesOf: (arns: readonly string[]) => ReturnType<typeof recipientNames>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** For parseArgs: the options that all three have. */
export const COMMON_OPTIONS = {
  ...PLACE_OPTIONS,
  stack: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export const COMMON_USAGE = `${PLACE_USAGE}
  --stack NAME       the deployed stack (default: that of the settings)
  --json             for machines: one JSON value

Account and Region are those of the settings; credentials are those of the AWS SDK: AWS_PROFILE and the like.`;

const DAY_MS = 86_400_000;

/** Finds the deployed stack. Throws RefusedError, SettingsError or UsageError, in words. */
export async function operations(
  { stack, ...options }: PlaceOptions & { readonly stack?: string | undefined },
  wait: (ms: number) => Promise<void>,
): Promise<Operations> {
  const { config } = await placeSettings(options);
  const { instanceArn } = config;
  const { region } = homeOf(instanceArn);
  const { endpoint } = options;
  const place = { region, ...(endpoint !== undefined && { endpoint }) };
  const now = Date.now;
  const { ledgerTable, queues, ...buckets } = await deployedStack(stack ?? stackNameOf(config), place);
  let caller: Promise<{ readonly arn: string }> | undefined;
  return {
    ledger: ledgerEntries(ledgerTable, { ...place, retentionMs: ledgerDaysOf(config) * DAY_MS, now }),
    objects: objectFinder(buckets, place),
    queues: workQueues(queues, { ...place, wait }),
    held: heldObjects(buckets, place),
    archived: archivedObjects(buckets, place),
    tasks: openTasks(instanceArn, place),
    recipientNamed: (whom) => recipientNamed(whom, { instanceArn, place }),
    callerArn: async () => {
      caller ??= callerIdentity(createAsker(place, { wait, clock: () => performance.now() }));
      return (await caller).arn;
    },
    namesOf: (arns) => recipientNames(arns, { instanceArn, place }),
    now,
  };
}

/** Throws UsageError. */
export function contactIdIn(text: string): string {
  if (contactIdSchema.safeParse(text).success) return text;
  throw new UsageError(`"${text}" is no contact id`);
}

/** `2026-03-04T14:00:02Z`, or `-` */
export function timeInWords(timeMs: number | undefined): string {
  return timeMs === undefined ? '-' : `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
