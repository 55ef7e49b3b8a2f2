import { z } from 'zod';
import type { JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { dashboardArn, parsed } from '../input.ts';
import type { CloudwatchParts } from '../parts.ts';

const Input = z.strictObject({ DashboardName: z.string().min(1) });

/** A dashboard as it was made. */
export function getDashboard({ account, dashboards }: CloudwatchParts): JsonOperation {
  return {
    name: 'GetDashboard',
    needs: ({ DashboardName: name }) => [
      { action: 'cloudwatch:GetDashboard', resource: dashboardArn(String(name), account) },
    ],
    answer(input) {
      const { DashboardName: name } = parsed(Input, input, 'InvalidParameterValueException');
      const found = dashboards().get(name);
      if (!found) throw new AwsError('DashboardNotFoundError', 404, `Dashboard ${name} does not exist`);
      return { DashboardArn: dashboardArn(name, account), DashboardName: name, DashboardBody: found.body };
    },
  };
}
