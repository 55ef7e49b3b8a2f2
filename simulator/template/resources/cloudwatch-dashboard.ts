import { z } from 'zod';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';

const Properties = z.strictObject({
  DashboardName: z.string().optional(),
  DashboardBody: z.string(),
});

/** AWS::CloudWatch::Dashboard: kept as it is. Nothing draws it. */
export const cloudwatchDashboard: ResourceKind = {
  identify: ({ name }) => ({ ref: name('DashboardName', { longest: 255 }), attributes: {} }),
  deploy(resource, { cloud }) {
    const { DashboardBody: body } = parseProperties(Properties, resource);
    cloud.cloudwatch.addDashboard(resource.identity().ref, body);
  },
};
