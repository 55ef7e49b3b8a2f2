import { jsonText, table } from '../terminal-text.ts';
import type { CostOptions } from './cost-options.ts';
import { ASSUMED } from './model/assumptions.ts';
import { callsPerSecond, stepsOf } from './model/calls.ts';
import { byService, type Estimate } from './model/estimate.ts';
import { type CostLine, type Part, sumOf } from './model/line.ts';
import { daysInWords } from './model/kept.ts';
import type { Prices } from './model/prices.ts';
import type { StackFacts } from './model/stack-facts.ts';
import type { Volume } from './model/uses.ts';
import { type Actual, actualInWords } from './actual-report.ts';

/** What a report has. */
export interface Told {
  readonly estimate: Estimate;
  readonly facts: StackFacts;
  readonly volume: Volume;
  readonly prices: Prices;
  readonly region: string;
  readonly pricing: CostOptions['pricing'];
  readonly actual?: Actual;
}

/** Dollars with as many places as say something. */
function dollars(amount: number): string {
  return amount === 0 ? '-' : amount < 0.01 ? amount.toPrecision(2) : amount.toFixed(2);
}

export function reported(told: Told, format: CostOptions['format']): string {
  if (format === 'json') return jsonText(forMachines(told));
  return format === 'csv' ? csv(told) : inWords(told);
}

function inWords(told: Told): string {
  const { estimate, volume } = told;
  const { ours, python, yours, connect } = estimate;
  return [
    ...about(told),
    '',
    'Before the first call, a month:',
    sideBySide(ours, python, 'fixed'),
    '',
    `With ${volume.voicemails} voicemails, a month beside that:`,
    sideBySide(ours, python, 'variable'),
    `For one voicemail: ${each(ours, volume)}, in Python ${each(python, volume)}.`,
    '',
    'What the contact center has without voicemail too, as a rule:',
    linesOf(yours),
    '',
    'What Amazon Connect takes for these calls, with either product:',
    linesOf(connect),
    '',
    ...notes(told),
    ...(told.actual ? ['', ...actualInWords(told.actual, ours)] : []),
  ].join('\n');
}

function about({ facts, volume, region, pricing }: Told): readonly string[] {
  const { mode, metrics, isAttached, kept, logRetentionDays, alarms } = facts;
  const { voicemails, seconds, openings } = volume;
  const attached = mode === 'email' ? `, recordings ${isAttached ? 'attached' : 'linked to'}` : '';
  return [
    `US dollars a month in ${region}: ${voicemails} voicemails of ${seconds} s, each heard ${openings} ${openings === 1 ? 'time' : 'times'}.`,
    `Delivered as ${mode}${attached}; ${metrics} monitoring, ${alarms} alarms; ${keptInWords(kept)}, logs for ${logRetentionDays}.`,
    `Amazon Connect ${pricing === 'ai' ? 'with AI in its price (--pricing basic: without)' : 'without AI in its price'}.`,
  ];
}

function keptInWords({ recordings, transcripts }: StackFacts['kept']): string {
  return recordings.days === transcripts.days
    ? `kept for ${daysInWords(recordings.days)}`
    : `recordings kept for ${daysInWords(recordings.days)}, transcripts for ${daysInWords(transcripts.days)}`;
}

function each(lines: readonly CostLine[], { voicemails }: Volume): string {
  return voicemails === 0 ? '-' : (sumOf(lines, 'variable') / voicemails).toPrecision(3);
}

function sideBySide(ours: readonly CostLine[], python: readonly CostLine[], part: Part): string {
  const of = (lines: readonly CostLine[]) => byService(lines.filter((line) => line.part === part));
  const [here, there] = [of(ours), of(python)];
  const services = [...new Set([...here.keys(), ...there.keys()])];
  const rows = services
    .map((service) => [service, dollars(here.get(service) ?? 0), dollars(there.get(service) ?? 0)])
    .filter(([, one, other]) => one !== '-' || other !== '-');
  const sums = ['Sum', dollars(sumOf(ours, part)), dollars(sumOf(python, part))];
  return table([['SERVICE', 'THIS', 'PYTHON'], ...rows, sums]);
}

function linesOf(lines: readonly CostLine[]): string {
  const rows = lines
    .filter(({ quantity }) => quantity > 0)
    .map((line) => [line.service, line.what, dollars(line.dollars)]);
  return table([['SERVICE', 'WHAT', 'DOLLARS'], ...rows, ['Sum', '', dollars(sumOf(lines))]]);
}

function notes({ prices, region, estimate }: Told): readonly string[] {
  const { freeTier, areBorrowed } = prices;
  const used = [...estimate.ours, ...estimate.yours, ...estimate.connect];
  const unsure = [...new Set(used.map(({ price }) => price))].filter(
    (name) => prices.of(name).confidence === 'C',
  );
  return [
    ...(areBorrowed ? [`Prices are those of us-east-1: those of ${region} are not known here.`] : []),
    'Not subtracted, of the free tier:',
    table(freeTier.map(({ service, monthly }) => [`  ${service}`, monthly])),
    `Not verified: the prices ${unsure.join(', ')}. --format csv has every price with its source.`,
    'Without tax and support. docs/costs.md says what is reckoned with.',
  ];
}

function forMachines(told: Told) {
  const { facts, volume, prices, region, pricing, estimate, actual } = told;
  const steps = stepsOf(facts);
  const described = (lines: readonly CostLine[]) =>
    lines.map((line) => {
      const { unit, per, confidence, asOf, source } = prices.of(line.price);
      return { ...line, unit, per, pricePer: prices.of(line.price).dollars, confidence, asOf, source };
    });
  const { ours, python, yours, connect } = estimate;
  return {
    region,
    pricesOfOtherRegion: prices.areBorrowed,
    pricing,
    volume,
    stack: facts,
    assumed: ASSUMED,
    sums: {
      fixed: sumOf(ours, 'fixed'),
      variable: sumOf(ours, 'variable'),
      pythonFixed: sumOf(python, 'fixed'),
      pythonVariable: sumOf(python, 'variable'),
      yours: sumOf(yours),
      connect: sumOf(connect),
    },
    ours: described(ours),
    python: described(python),
    yours: described(yours),
    connect: described(connect),
    callsPerVoicemail: {
      warm: callsPerSecond(steps, 1, 'warm'),
      cold: callsPerSecond(steps, 1, 'cold'),
    },
    freeTier: prices.freeTier,
    ...(actual && { actual }),
  };
}

const COLUMNS = [
  'product',
  'part',
  'service',
  'what',
  'quantity',
  'unit',
  'dollars_per',
  'per',
  'dollars',
  'confidence',
  'as_of',
  'source',
];

/** As RFC 4180 has it. */
function csv({ estimate, prices, actual }: Told): string {
  const rowsOf = (product: string, lines: readonly CostLine[]) =>
    lines.map(({ part, service, what, quantity, price, dollars: sum }) => {
      const { unit, per, dollars: dollarsPer, confidence, asOf, source } = prices.of(price);
      return [product, part, service, what, quantity, unit, dollarsPer, per, sum, confidence, asOf, source];
    });
  const { ours, python, yours, connect } = estimate;
  const paid = (actual?.paid ?? []).map(({ scope, service, dollars: sum }) => {
    return ['paid', scope, service, '', '', '', '', '', sum, '', '', 'Cost Explorer'];
  });
  const rows = [
    ...rowsOf('this', ours),
    ...rowsOf('python', python),
    ...rowsOf('both', [...yours, ...connect]),
    ...paid,
  ];
  return [COLUMNS, ...rows].map((row) => row.map(field).join(',')).join('\r\n');
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
