import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { groupArn, invalid, pageOf, parsed } from '../input.ts';
import type { LogsParts } from '../parts.ts';

const Input = z.strictObject({
  logGroupNamePrefix: z.string().min(1).optional(),
  logGroupNamePattern: z.string().max(512).optional(),
  limit: z.int().min(1).max(50).default(50),
  nextToken: z.string().optional(),
  includeLinkedAccounts: z.literal(false).optional(),
});

/** Log groups by name. */
export function describeLogGroups({ account, store }: LogsParts): JsonOperation {
  return {
    name: 'DescribeLogGroups',
    needs: () => [{ action: 'logs:DescribeLogGroups', resource: `${groupArn('', account)}*` }],
    answer(input) {
      const { limit: size, nextToken: token, ...filter } = parsed(Input, input);
      const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = filter;
      if (prefix !== undefined && pattern !== undefined) {
        throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
      }
      const found = store
        .groups()
        .filter(
          ({ name }) =>
            name.startsWith(prefix ?? '') && name.toLowerCase().includes(pattern?.toLowerCase() ?? ''),
        );
      const { items, rest } = pageOf(found, { of: `groups ${JSON.stringify(filter)}`, token, size });
      return {
        logGroups: items.map(({ name, createdMs, retentionDays, sizeBytes, keyArn }) => ({
          logGroupName: name,
          creationTime: createdMs,
          ...(retentionDays !== undefined && { retentionInDays: retentionDays }),
          metricFilterCount: 0,
          arn: `${groupArn(name, account)}:*`,
          storedBytes: sizeBytes,
          ...(keyArn !== undefined && { kmsKeyId: keyArn }),
          logGroupClass: 'STANDARD',
          logGroupArn: groupArn(name, account),
        })),
        ...rest,
      };
    },
  };
}
