import wrapAnsi from 'wrap-ansi';
import { oneLine } from '../../src/domain/clean-text.ts';
import { jsonText } from '../terminal-text.ts';
import { counted } from './counted.ts';
import type { Finding, Lane, Outcome } from './check.ts';
import { LANES } from './check.ts';

/** Whom the report is about. */
export interface Examined {
  /** `deployments/acme.config.ts` */
  readonly settingsFile: string;
  readonly instanceArn: string;
  readonly stackName: string;
}

/** What no API shows to anybody. */
const UNSEEN_BY_ANY_API: readonly string[] = [
  'Service control policies of AWS Organizations, but for those that the IAM simulation of your own user or role shows.',
  'The edition of the instance (Connect Customer or Basic).',
  'Whether a recipient’s mail server takes the mails, and who reads a shared mailbox.',
];

const SIGNS = { blocker: '✖', warning: '!', note: 'i' } as const;

/** The report for people, in lines of at most 100 characters where words allow it. */
export function reportText(outcomes: readonly Outcome[], examined: Examined): string {
  const lanes = LANES.flatMap((lane) =>
    laneLines(
      lane,
      outcomes.filter(({ check }) => check.lane === lane),
    ),
  );
  return [
    `${examined.settingsFile}: stack ${examined.stackName}`,
    `  ${examined.instanceArn}`,
    '',
    ...lanes,
    'What no API shows:',
    ...UNSEEN_BY_ANY_API.flatMap((line) => wrapped(line, '  - ', '    ')),
    '',
    ...missingPermissions(outcomes),
    summaryOf(outcomes),
  ].join('\n');
}

function laneLines(lane: Lane, outcomes: readonly Outcome[]): readonly string[] {
  if (outcomes.length === 0) return [];
  const found = outcomes.flatMap((one) => (one.kind === 'looked' ? one.findings : []));
  const unseen = outcomes.filter((one) => one.kind === 'cannot tell');
  const looked = outcomes.length - unseen.length;
  const sound = looked === 0 ? 'none could look' : 'nothing is wrong';
  const verdict = found.length === 0 ? sound : counted(found.length, 'finding');
  const rest = looked > 0 && unseen.length > 0 ? `, ${unseen.length} could not look` : '';
  return [
    `${lane}: ${counted(outcomes.length, 'check')}, ${verdict}${rest}`,
    ...found.toSorted((a, b) => rankOf(a) - rankOf(b)).flatMap(findingLines),
    ...unseen.flatMap(({ check, why }) => wrapped(`cannot tell ${check.title}: ${why}`, '  ? ', '    ')),
    '',
  ];
}

function findingLines(finding: Finding): readonly string[] {
  const { severity, certainty, what, suffers, evidence, remedy } = finding;
  const likely = certainty === 'likely' ? 'Likely: ' : '';
  return [
    ...wrapped(`${likely}${what}`, `  ${SIGNS[severity]} `, '    '),
    ...wrapped(suffers, '    Who: ', '         '),
    ...evidence.flatMap(({ api, saw }) => wrapped(`${api}: ${saw}`, '    Saw: ', '         ')),
    ...wrapped(remedy, '    Do:  ', '         '),
  ];
}

function rankOf({ severity }: Finding): number {
  return ['blocker', 'warning', 'note'].indexOf(severity);
}

/** Once, as many checks need the same one. */
function missingPermissions(outcomes: readonly Outcome[]): readonly string[] {
  const missing = new Set(
    outcomes.flatMap((one) => (one.kind === 'cannot tell' ? (one.permission ?? []) : [])),
  );
  if (missing.size === 0) return [];
  return [...wrapped(`Permissions that are missing: ${[...missing].toSorted().join(', ')}.`, '', ''), ''];
}

function summaryOf(outcomes: readonly Outcome[]): string {
  const found = outcomes.flatMap((one) => (one.kind === 'looked' ? one.findings : []));
  const unseen = outcomes.filter(({ kind }) => kind === 'cannot tell').length;
  const count = (severity: Finding['severity']) => found.filter((one) => one.severity === severity).length;
  const parts = [
    counted(count('blocker'), 'blocker'),
    counted(count('warning'), 'warning'),
    counted(count('note'), 'note'),
    ...(unseen > 0 ? [`${counted(unseen, 'check')} could not look`] : []),
  ];
  return `${counted(outcomes.length, 'check')}: ${parts.join(', ')}.`;
}

const WIDTH = 100;

/** A text in lines: `first` stands before the first one, `next` before the others. */
function wrapped(text: string, first: string, next: string): readonly string[] {
  const lines = wrapAnsi(oneLine(text), WIDTH - next.length).split('\n');
  return lines.map((line, index) => `${index === 0 ? first : next}${line}`);
}

/** The report for programs. `findings[].check` and `cannotTell[].check` never change their names. */
export function reportJson(outcomes: readonly Outcome[], examined: Examined): string {
  const report = {
    ...examined,
    findings: outcomes.flatMap((one) =>
      one.kind === 'looked'
        ? one.findings.map((finding) => ({ check: one.check.id, lane: one.check.lane, ...finding }))
        : [],
    ),
    cannotTell: outcomes.flatMap((one) =>
      one.kind === 'cannot tell'
        ? [{ check: one.check.id, lane: one.check.lane, why: one.why, permission: one.permission ?? null }]
        : [],
    ),
    looked: outcomes.flatMap((one) => (one.kind === 'looked' ? [one.check.id] : [])),
  };
  return jsonText(report);
}

/**
 * 0: all was looked at, and nothing is wrong but for notes. 1: something is wrong. 2: nothing that was seen is
 * wrong, and something could not be seen.
 */
export function exitCodeOf(outcomes: readonly Outcome[]): 0 | 1 | 2 {
  const found = outcomes.flatMap((one) => (one.kind === 'looked' ? one.findings : []));
  if (found.some(({ severity }) => severity !== 'note')) return 1;
  return outcomes.some(({ kind }) => kind === 'cannot tell') ? 2 : 0;
}
