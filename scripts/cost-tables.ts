import { ASSUMED } from '../cli/cost/model/assumptions.ts';
import { type Calls, callsPerSecond, type Mode, openingOf, stepsOf } from '../cli/cost/model/calls.ts';
import { byService, type Estimate, estimate } from '../cli/cost/model/estimate.ts';
import type { Kept } from '../cli/cost/model/kept.ts';
import { type Part, sumOf } from '../cli/cost/model/line.ts';
import { knownPrices } from '../cli/cost/model/prices.ts';
import { type StackFacts, stackFacts } from '../cli/cost/model/stack-facts.ts';
import type { VoicemailConfig } from '../infra/config.ts';
import { testStack } from '../infra/stack.fixture.ts';
import sample from '../voicemail.config.ts';

const VOLUME = { voicemails: 1000, seconds: 45, openings: 1 };
const MODES: readonly Mode[] = ['task', 'guided_task', 'email'];
const CANARY = { canary: { queueArn: sample.fallbackQueueArn, everyHours: 1 } };
const PRICES = knownPrices('us-east-1');

/** The document with its tables of costs written again, each after the comment that names it. */
export function withCosts(document: string): string {
  let text = document;
  for (const [name, written] of Object.entries(costTables())) {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(?=<!-- end of ${name} -->)`);
    text = text.replace(place, (_, mark: string) => `${mark}\n${written}\n\n`);
  }
  return text;
}

function costTables(): Readonly<Record<string, string>> {
  const essential = factsWith('essential');
  return {
    services: services(of({ ...essential, mode: 'task' })),
    sums: sums(essential, { full: factsWith('full'), canary: factsWith('essential', CANARY) }),
    connect: connect(essential),
    calls: calls(),
    assumed: table(
      ['Assumed', 'Value'],
      Object.entries(ASSUMED).map(([name, value]) => [`\`${name}\``, String(Number(value.toPrecision(6)))]),
    ),
    prices: prices(of({ ...essential, mode: 'email', isAttached: true, ownKeys: 1 })),
  };
}

/** Of the sample settings. */
function factsWith(monitoring: 'essential' | 'full', changes: Partial<VoicemailConfig> = {}): StackFacts {
  const made = testStack({ ...sample, monitoring, ...changes });
  try {
    made.app.synth();
    return stackFacts(JSON.parse(made.text()));
  } finally {
    made.remove();
  }
}

function of(stack: StackFacts, pricing: 'ai' | 'basic' = 'ai'): Estimate {
  return estimate(stack, VOLUME, { prices: PRICES, pricing });
}

function services({ ours, python }: Estimate): string {
  const rows = (part: Part) => {
    const here = byService(ours.filter((line) => line.part === part));
    const there = byService(python.filter((line) => line.part === part));
    const names = [...new Set([...here.keys(), ...there.keys()])];
    return [
      ...names.map((name) => [part, name, shown(here.get(name)), shown(there.get(name))]),
      [part, '**sum**', shown(sumOf(ours, part)), shown(sumOf(python, part))],
    ];
  };
  return table(['', 'Service', 'this', 'Python'], [...rows('fixed'), ...rows('variable')]);
}

/** Transcripts are too small to be archived. */
function keptFor(recordings: Kept): StackFacts['kept'] {
  return { recordings, transcripts: { days: recordings.days } };
}

function sums(
  essential: StackFacts,
  { full, canary }: { readonly full: StackFacts; readonly canary: StackFacts },
): string {
  const stacks: readonly (readonly [string, StackFacts])[] = [
    ...MODES.map((mode) => [`\`${mode}\``, { ...essential, mode }] as const),
    ['`email`, recordings attached', { ...essential, mode: 'email', isAttached: true }],
    ['`task`, kept for a year', { ...essential, mode: 'task', kept: keptFor({ days: 365 }) }],
    [
      '`task`, the same, Instant Retrieval after 90 days',
      {
        ...essential,
        mode: 'task',
        kept: keptFor({ days: 365, archive: { afterDays: 90, to: 'GLACIER_IR' } }),
      },
    ],
    [
      '`task`, for ten years, Deep Archive after 90 days',
      {
        ...essential,
        mode: 'task',
        kept: keptFor({ days: 3650, archive: { afterDays: 90, to: 'DEEP_ARCHIVE' } }),
      },
    ],
    ['`task`, full monitoring', { ...full, mode: 'task' }],
    ['`task`, a canary every hour', { ...canary, mode: 'task' }],
    ['`task`, a key of your own', { ...essential, mode: 'task', ownKeys: 1 }],
  ];
  const rows = stacks.map(([name, stack]) => {
    const { ours, python } = of(stack);
    const parts = [ours, python].flatMap((lines) => [sumOf(lines, 'fixed'), sumOf(lines, 'variable')]);
    return [name, ...parts.map(shown)];
  });
  return table(['Settings', 'fixed', 'variable', 'Python, fixed', 'variable'], rows);
}

function connect(essential: StackFacts): string {
  const stacks = MODES.map((mode) => ({ ...essential, mode }));
  const rows = (['ai', 'basic'] as const).flatMap((pricing) => {
    const each = stacks.map((stack) => of(stack, pricing).connect);
    const whats = [...new Set(each.flat().map(({ what }) => what))];
    return whats.map((what) => [
      `\`${pricing}\``,
      what,
      ...each.map((lines) => shown(sumOf(lines.filter((line) => line.what === what)))),
    ]);
  });
  return table(['`--pricing`', 'What', ...MODES.map((mode) => `\`${mode}\``)], rows);
}

function calls(): string {
  const columns: readonly Calls[] = [
    ...MODES.map((mode) => callsPerSecond(stepsOf({ mode, isAttached: false }), 1, 'warm')),
    callsPerSecond(stepsOf({ mode: 'task', isAttached: false }), 1, 'cold'),
    callsPerSecond([openingOf('task')], 1, 'cold'),
    callsPerSecond([openingOf('guided_task')], 1, 'cold'),
  ];
  const names = [...new Set(columns.flatMap((one) => Object.keys(one)))].toSorted();
  return table(
    ['Call', ...MODES.map((mode) => `\`${mode}\``), '`task`, cold', 'a link, cold', 'a guide, cold'],
    names.map((name) => [name, ...columns.map((one) => String(one[name] ?? 0))]),
  );
}

function prices({ ours, python, yours, connect: own }: Estimate): string {
  const names = [...new Set([...ours, ...python, ...yours, ...own].map(({ price }) => price))];
  const rows = names.map((name) => {
    const { dollars, per, unit, confidence, asOf } = PRICES.of(name);
    return [`\`${name}\``, String(dollars), String(per), unit, confidence, asOf];
  });
  return table(['Price', 'dollars', 'for', 'unit', '', 'as of'], rows);
}

function shown(dollars = 0): string {
  if (dollars === 0) return '–';
  return dollars < 0.01 ? dollars.toPrecision(2) : dollars.toFixed(2);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
