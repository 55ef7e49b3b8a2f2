import { taskDaysOf, type VoicemailConfig } from './config.ts';
import { ARCHIVES, KEPT_KINDS, type KeptKind, keptOf, outOfReachAfterDays } from './retention-settings.ts';

/** What can be deployed, and keeps or archives something otherwise than it may have been meant. */
export function retentionWarnings(config: VoicemailConfig): readonly string[] {
  return [
    ...KEPT_KINDS.flatMap((kind) => leastDaysWarnings(kind, config)),
    ...outOfReachWarnings(config),
    ...smallTranscripts(config),
  ];
}

/** S3 charges for the rest of the least time. */
function leastDaysWarnings(kind: KeptKind, config: VoicemailConfig): readonly string[] {
  const { archive, deleteAfterDays } = keptOf(kind, config);
  if (!archive) return [];
  const { words, leastDays } = ARCHIVES[archive.to];
  const days = deleteAfterDays - archive.afterDays;
  if (days >= leastDays) return [];
  return [
    `retention.${kind}: ${words} is paid for ${leastDays} days at least, and they are deleted after ${days} days there. Archive them sooner, delete them later, or not at all`,
  ];
}

/** Agents get links and tasks whose recording does not play. */
function outOfReachWarnings(config: VoicemailConfig): readonly string[] {
  const days = outOfReachAfterDays(config, 'recordings');
  const taskDays = taskDaysOf(config);
  const needs = [
    ...(config.linkDays > days ? [`links work for ${config.linkDays} days`] : []),
    ...(config.deliveryMode !== 'email' && taskDays > days ? [`tasks wait for ${taskDays} days`] : []),
  ];
  if (needs.length === 0) return [];
  return [
    `retention.recordings.archiveAfterDays: got ${days}, and ${needs.join(' and ')}: after ${days} days they say that the recording is archived. Archive later, or to 'instant', which plays as always`,
  ];
}

function smallTranscripts(config: VoicemailConfig): readonly string[] {
  if (!keptOf('transcripts', config).archive) return [];
  return [
    'retention.transcripts.archiveTo: Amazon S3 archives nothing below 128 KB, and few transcripts are so large. The others stay where they are',
  ];
}
