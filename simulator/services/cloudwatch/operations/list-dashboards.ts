import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { dashboardArn, pageOf, parsed } from '../input.ts';
import type { CloudwatchParts } from '../parts.ts';

/** Source: CloudWatch API reference, ListDashboards. */
const PAGE = 1000;

const Input = z.strictObject({
  DashboardNamePrefix: z.string().optional(),
  NextToken: z.string().optional(),
});

export function listDashboards({ account, dashboards }: CloudwatchParts): JsonOperation {
  return {
    name: 'ListDashboards',
    needs: () => [{ action: 'cloudwatch:ListDashboards', resource: '*' }],
    answer(input) {
      const { DashboardNamePrefix: prefix = '', NextToken: token } = parsed(
        Input,
        input,
        'InvalidParameterValueException',
      );
      const found = [...dashboards()].filter(([name]) => name.startsWith(prefix));
      const { items, rest } = pageOf(found, { of: `dashboards ${prefix}`, token, size: PAGE });
      return {
        DashboardEntries: items.map(([name, { body, changedMs }]) => ({
          DashboardName: name,
          DashboardArn: dashboardArn(name, account),
          LastModified: new Date(changedMs),
          Size: Buffer.byteLength(body),
        })),
        ...rest,
      };
    },
  };
}
