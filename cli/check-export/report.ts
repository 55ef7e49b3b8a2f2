import { table } from '../terminal-text.ts';
import type { CountedRemark, Verdict } from './judgment.ts';

export interface CheckedFile {
  /** Its path in the folder. */
  readonly file: string;
  readonly kind: string;
  readonly verdict: Verdict;
  readonly remarks: readonly CountedRemark[];
  /** Its contents could not be looked at. */
  readonly isUnread: boolean;
}

/** How many files of a kind there are of each verdict. */
type Summary = Readonly<Record<Verdict, number>> & { readonly kind: string };

const MOST_REASONS = 3;

/** A line for each file, and a line for each kind. */
export function reportOn(files: readonly CheckedFile[]): string {
  const rows = files.map(({ file, kind, verdict, remarks }) => [file, kind, verdict, reasonsIn(remarks)]);
  const kinds = summaryOf(files).map((one) => [
    one.kind,
    ...[one.ok, one.warning, one.refused, one['not known']].map(String),
  ]);
  return [
    table([['FILE', 'KIND', 'VERDICT', 'REASON'], ...rows]),
    '',
    table([['KIND', 'OK', 'WARNING', 'REFUSED', 'NOT KNOWN'], ...kinds]),
  ].join('\n');
}

/** In the order of the kinds' names. */
export function summaryOf(files: readonly CheckedFile[]): readonly Summary[] {
  const kinds = [...new Set(files.map(({ kind }) => kind))].toSorted();
  const count = (kind: string, verdict: Verdict) =>
    files.filter((file) => file.kind === kind && file.verdict === verdict).length;
  return kinds.map((kind) => ({
    kind,
    ok: count(kind, 'ok'),
    warning: count(kind, 'warning'),
    refused: count(kind, 'refused'),
    'not known': count(kind, 'not known'),
  }));
}

function reasonsIn(remarks: readonly CountedRemark[]): string {
  const shown = remarks
    .slice(0, MOST_REASONS)
    .map(({ reason, times }) => (times === 1 ? reason : `${reason} (${times} times)`));
  const more = remarks.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more (--json)`] : [])].join('; ');
}
