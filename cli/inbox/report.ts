import { parseArgs } from 'node:util';
import { dayOf } from '../../src/domain/ledger-indexes.ts';
import { OUTCOMES } from '../../src/domain/follow-up.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { jsonText, table } from '../terminal-text.ts';
import { timeIn } from '../voicemails/list-options.ts';
import { COMMON_OPTIONS, COMMON_USAGE, type Operations, operations } from '../voicemails/operations.ts';
import { type Grouping, GROUPINGS, type Tally, tallies, tallyOf } from './tally.ts';

const FORMATS = ['table', 'csv', 'json'] as const;
const DAY_MS = 86_400_000;

/** `vmx report`: how long voicemails waited, and their outcomes. */
export function reportCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'report',
    summary: 'report how long voicemails waited, and their outcomes',
    usage: `vmx report [--since TIME] [--by GROUP] [--format FORMAT] [options]

  --since TIME       calls that ended since then: 12h, 7d, 30d ago, a date in UTC such as 2026-03-04, or a time
                     with its offset from UTC (default 7d)
  --by GROUP         queue (default; who it is for now), agent (who had it), or day of the call's end, in UTC
  --format FORMAT    table (default), csv or json
${COMMON_USAGE}

Counted are voicemails that were delivered, and requests to call back, but no test voicemails. Times are from the
end of the call to the first time that it was heard, and to when it was handled: the median, and the time within
which 95 of 100 were.

Exit code: 0 done, 1 refused by AWS, 2 not used as described here.`,
    run: async (args, { out, err }) => {
      const { values } = parseArgs({
        args: [...args],
        options: {
          ...COMMON_OPTIONS,
          since: { type: 'string', default: '7d' },
          by: { type: 'string', default: 'queue' },
          format: { type: 'string' },
        },
      });
      const by = oneOf(GROUPINGS, '--by', values.by);
      const format = oneOf(FORMATS, '--format', values.format ?? (values.json ? 'json' : 'table'));
      const sinceMs = timeIn(values.since, Date.now());
      const on = await operations(values, wait);
      const voicemails = (await findSince(sinceMs, on)).filter(isFollowed);
      const found = tallies(voicemails, by, dayOf).toSorted((a, b) => (a.group < b.group ? -1 : 1));
      const { names, refusal } = by === 'day' ? NO_NAMES : await on.namesOf(found.map(({ group }) => group));
      const rows = [...found, tallyOf('all', voicemails)].map((one) => ({
        ...one,
        group: names.get(one.group) ?? one.group.slice(one.group.lastIndexOf('/') + 1),
      }));
      out(SHOWN[format](rows, by));
      if (refusal !== undefined) err(`Queues and agents are shown by their ids: ${refusal}`);
      return EXIT.ok;
    },
  };
}

const NO_NAMES = { names: new Map<string, string>(), refusal: undefined };

function oneOf<Name extends string>(names: readonly Name[], option: string, text: string): Name {
  const name = names.find((one) => one === text);
  if (name !== undefined) return name;
  throw new UsageError(`${option} ${text}: there are ${names.join(', ')}`);
}

/** Those of calls that ended since then, by the ledger's index: what waits, and what was handled of each day. */
async function findSince(sinceMs: number, on: Operations): Promise<readonly KnownVoicemail[]> {
  const { inbox, findAll } = on.ledger;
  const days: string[] = [];
  for (let atMs = sinceMs; dayOf(atMs) <= dayOf(on.now()); atMs += DAY_MS) days.push(dayOf(atMs));
  const contactIds = new Set<string>(await inbox.everyWaiting());
  for (const day of days) for (const contactId of await inbox.handledOn(day)) contactIds.add(contactId);
  const found = await findAll([...contactIds]);
  return found.filter(({ voicemail }) => (voicemail?.endedAtMs ?? 0) >= sinceMs);
}

function isFollowed(
  one: KnownVoicemail,
): one is KnownVoicemail & { readonly followUp: NonNullable<KnownVoicemail['followUp']> } {
  return one.followUp !== undefined && one.voicemail?.isTest !== true;
}

const HEAD = ['DELIVERED', 'UNHEARD', 'WAITING', 'HANDLED', 'HEARD p50', 'p95', 'HANDLED p50', 'p95'];

const SHOWN: Readonly<Record<(typeof FORMATS)[number], (rows: readonly Tally[], by: Grouping) => string>> = {
  table: (rows, by) =>
    table([
      [by.toUpperCase(), ...HEAD, 'OUTCOMES'],
      ...rows.map((row) => [row.group, ...countsOf(row, timeInWords), outcomesInWords(row)]),
    ]),
  csv: (rows, by) =>
    [
      [by, 'delivered', 'unheard', 'waiting', 'handled', ...SECONDS, ...OUTCOMES],
      ...rows.map((row) => [
        row.group,
        ...countsOf(row, (seconds) => String(seconds ?? '')),
        ...OUTCOMES.map((outcome) => String(row.outcomes[outcome] ?? 0)),
      ]),
    ]
      .map((cells) => cells.map(csvCell).join(','))
      .join('\n'),
  json: (rows, by) => jsonText({ by, groups: rows.slice(0, -1), all: rows.at(-1) }),
};

const SECONDS = [
  'seconds_to_heard_p50',
  'seconds_to_heard_p95',
  'seconds_to_handled_p50',
  'seconds_to_handled_p95',
];

function countsOf(
  { delivered, unheard, waiting, handled, toHeard, toHandled }: Tally,
  shown: (seconds: number | undefined) => string,
): readonly string[] {
  const counts = [delivered, unheard, waiting, handled].map(String);
  return [...counts, ...[toHeard?.p50, toHeard?.p95, toHandled?.p50, toHandled?.p95].map(shown)];
}

function outcomesInWords({ outcomes }: Tally): string {
  return Object.entries(outcomes)
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(', ');
}

/** `45 s`, `12 min`, `3.5 h`, `2.1 d` */
function timeInWords(seconds: number | undefined): string {
  if (seconds === undefined) return '-';
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} d`;
}

/** A name of somebody else cannot end the cell, and is no formula to a spreadsheet. */
function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^-?\d/.test(text) && text !== '-' ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
