import { ARCHIVES, type Kept, keptOf } from '../../../../infra/retention-settings.ts';
import { HELD_FOLDER } from '../../../../src/domain/object-keys.ts';
import type { Check, Finding } from '../../check.ts';
import { type BucketLife, lifecycles, type RuleOfLife } from '../../facts/lifecycles.ts';

const REMEDY =
  'Remove the rule in the Amazon S3 console, under Management of the bucket. What is to hold is said by retentionDays and retention in the settings: see docs/retention.md.';

export const retentionDiffers: Check = {
  id: 'retention-differs',
  lane: 'stack',
  title: 'whether buckets archive and delete as the settings say, and nothing that is held',
  async run(look) {
    return (await lifecycles(look)).flatMap((life) => [
      ...heldFindings(life),
      ...differences(life, keptOf(life.kind, look.config)),
    ]);
  },
};

/** Rules that take what `vmx hold` keeps. */
function heldFindings({ bucket, rules }: BucketLife): readonly Finding[] {
  return rules.filter(isForHeld).map((rule) => ({
    severity: 'warning',
    certainty: 'certain',
    what: `The rule "${rule.ID ?? ''}" of the bucket ${bucket} ${inWords(rule)} what is held.`,
    suffers: 'Who holds voicemails for a court or a complaint: they go nevertheless.',
    evidence: [
      { api: 's3:GetBucketLifecycleConfiguration', saw: `prefix "${prefixOf(rule)}": ${inWords(rule)}` },
    ],
    remedy: REMEDY,
  }));
}

/** What happens to an object of the stack, by its age: the earliest of each. */
function differences({ kind, bucket, rules }: BucketLife, wanted: Kept): readonly Finding[] {
  const mine = rules.filter((rule) => isFor(rule, `${kind}/`));
  const deletedAfter = Math.min(...mine.map(({ Expiration }) => Expiration?.Days ?? Infinity));
  const moves = mine.flatMap(({ Transitions = [] }) => Transitions);
  const archived = moves.map(({ Days = 0, StorageClass = '' }) => `${StorageClass} after ${Days} days`);
  const wantedMoves = wanted.archive
    ? [`${ARCHIVES[wanted.archive.to].storageClass} after ${wanted.archive.afterDays} days`]
    : [];
  const isAsWanted =
    deletedAfter === wanted.deleteAfterDays && archived.toSorted().join() === wantedMoves.join();
  if (isAsWanted) return [];
  const saw = `${kind}/: ${lifeInWords(deletedAfter, archived)}`;
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `The bucket ${bucket} does not keep ${kind} as the settings say: ${lifeInWords(wanted.deleteAfterDays, wantedMoves)}.`,
      suffers:
        'Agents and administrators: recordings or transcripts go earlier, or stay longer, than they should.',
      evidence: [{ api: 's3:GetBucketLifecycleConfiguration', saw }],
      remedy: `If the settings were changed, run "npx vmx deploy". If somebody added a rule: ${REMEDY}`,
    },
  ];
}

function isForHeld(rule: RuleOfLife): boolean {
  return (
    isFor(rule, HELD_FOLDER) && (rule.Expiration?.Days !== undefined || (rule.Transitions ?? []).length > 0)
  );
}

/** A rule for tags or sizes alone takes part of the folder. */
function isFor(rule: RuleOfLife, folder: string): boolean {
  const prefix = prefixOf(rule);
  return folder.startsWith(prefix) || prefix.startsWith(folder);
}

function prefixOf({ Filter, Prefix }: RuleOfLife): string {
  return Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? '';
}

function inWords({ Expiration, Transitions = [] }: RuleOfLife): string {
  return Expiration?.Days === undefined
    ? `moves to ${Transitions.map(({ StorageClass }) => StorageClass).join(', ')}`
    : `deletes after ${Expiration.Days} days`;
}

function lifeInWords(deletedAfter: number, moves: readonly string[]): string {
  const end = deletedAfter === Infinity ? 'never deleted' : `deleted after ${deletedAfter} days`;
  return [...moves, end].join(', ');
}
