import { linkHostOf } from '../link-settings.ts';
import { problem } from './problems.ts';
import type { Settings } from './schema.ts';

/** What in `links` does not go together, and what cannot be without links. */
export function linkProblems(settings: Settings): string[] {
  return [...domainProblems(settings), ...alsoAtProblems(settings), ...withoutLinks(settings)];
}

/** A domain name and its certificate come together, and with that host alone. */
function domainProblems({ links }: Settings): string[] {
  if (!links) return [];
  const { host, domainName, certificateArn } = links;
  const given = [
    ['links.domainName', domainName],
    ['links.certificateArn', certificateArn],
  ] as const;
  return given.flatMap(([setting, came]) =>
    (host === 'own-domain') === (came !== undefined)
      ? []
      : [problem(setting, came, ` links.host is '${host}'.`)],
  );
}

function alsoAtProblems({ links }: Settings): string[] {
  const { host, alsoAt = [] } = links ?? {};
  return alsoAt.flatMap((kept, index) => {
    if (kept === host)
      return [problem('links.alsoAt', kept, ' It is links.host, where links open in any case.')];
    return alsoAt.indexOf(kept) < index ? [problem('links.alsoAt', kept, ' It is there already.')] : [];
  });
}

/** Without links, the recording comes with the mail or the task, or plays in the guide of a guided task. */
function withoutLinks(settings: Settings): string[] {
  if (linkHostOf(settings) !== 'none') return [];
  const { attachRecording = false, deliveryMode, email } = settings;
  return [
    ...(deliveryMode === 'task' && !attachRecording
      ? [
          problem(
            'deliveryMode',
            deliveryMode,
            " links.host is 'none', and a task without a guide has nothing but the link to play the recording: write 'guided_task', or set attachRecording.",
          ),
        ]
      : []),
    ...(email && email.recording !== 'attach'
      ? [problem('email.recording', email.recording, " links.host is 'none': write 'attach'.")]
      : []),
  ];
}
