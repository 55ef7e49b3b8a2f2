import type { ResourceToImport } from '../../stacks/plan-import.ts';
import { structuresIn } from './input.ts';

const MEMBER = 'ResourcesToImport.member';

/** `ResourcesToImport.member.1.ResourceIdentifier.entry.1.key=BucketName`, and so on. */
export function resourcesToImportIn(input: URLSearchParams): readonly ResourceToImport[] {
  return structuresIn(input, 'ResourcesToImport').map(
    ({ LogicalResourceId: logicalId = '', ResourceType: type = '' }, index) => ({
      logicalId,
      type,
      identifier: entriesIn(input, `${MEMBER}.${index + 1}.ResourceIdentifier.entry`),
    }),
  );
}

function entriesIn(input: URLSearchParams, prefix: string): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  for (let index = 1; ; index += 1) {
    const key = input.get(`${prefix}.${index}.key`);
    if (key === null) return Object.fromEntries(entries);
    entries.push([key, input.get(`${prefix}.${index}.value`) ?? '']);
  }
}
