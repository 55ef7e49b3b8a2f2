import type { JsonOperation } from '../../gateway/protocols.ts';
import { describeLogGroups } from './operations/describe-log-groups.ts';
import { describeLogStreams } from './operations/describe-log-streams.ts';
import { filterLogEvents } from './operations/filter-log-events.ts';
import { getLogEvents } from './operations/get-log-events.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import type { LogsParts } from './parts.ts';

/** Everything that can be asked of CloudWatch Logs over the wire. */
export function logsOperations(parts: LogsParts): readonly JsonOperation[] {
  return [
    describeLogGroups(parts),
    describeLogStreams(parts),
    filterLogEvents(parts),
    getLogEvents(parts),
    listTagsForResource(parts),
  ];
}
