import { KEPT_KINDS, type KeptKind, keptOf } from '../retention-settings.ts';
import type { SettingName } from './allowed.ts';
import { problem } from './problems.ts';
import type { Settings } from './schema.ts';

/** What in `retention` does not go together, and what is kept for longer than the recording that it needs. */
export function retentionProblems(settings: Settings): string[] {
  return [
    ...KEPT_KINDS.flatMap((kind) => archiveProblems(kind, settings)),
    ...outlivingProblem('linkDays', 'a link cannot outlive its recording', settings),
    ...outlivingProblem('taskDays', 'when a task ends, its recording must be there', settings),
  ];
}

function archiveProblems(kind: KeptKind, settings: Settings): string[] {
  const { archiveAfterDays, archiveTo } = settings.retention?.[kind] ?? {};
  const named = (member: 'archiveAfterDays' | 'archiveTo' | 'deleteAfterDays'): SettingName =>
    `retention.${kind}.${member}`;
  if (archiveAfterDays === undefined && archiveTo === undefined) return [];
  if (archiveAfterDays === undefined)
    return [problem(named('archiveAfterDays'), undefined, ` archiveTo is '${archiveTo}'.`)];
  if (archiveTo === undefined)
    return [problem(named('archiveTo'), undefined, ` archiveAfterDays is ${archiveAfterDays}.`)];
  const { deleteAfterDays } = keptOf(kind, settings);
  if (deleteAfterDays > archiveAfterDays) return [];
  const came = settings.retention?.[kind]?.deleteAfterDays;
  const usual = came === undefined ? ` retentionDays is ${deleteAfterDays}, and` : '';
  const why = `${usual} archiveAfterDays is ${archiveAfterDays}: what is deleted cannot be archived.`;
  return [problem(named('deleteAfterDays'), came, why)];
}

/** Something that needs the recording for longer than it is kept. */
function outlivingProblem(setting: 'linkDays' | 'taskDays', why: string, settings: Settings): string[] {
  const days = settings[setting] ?? 1;
  const { deleteAfterDays } = keptOf('recordings', settings);
  if (days <= deleteAfterDays) return [];
  const isOwn = settings.retention?.recordings?.deleteAfterDays !== undefined;
  const limit = isOwn
    ? `; retention.recordings.deleteAfterDays is ${deleteAfterDays}`
    : ` (${deleteAfterDays})`;
  return [`${problem(setting, days)}${limit}: ${why}`];
}
