import { z } from 'zod';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';

const Properties = z.strictObject({
  DashboardName: z.string().optional(),
  DashboardBody: z.string(),
  Tags: z.unknown().optional(),
});

/** AWS::CloudWatch::Dashboard: stored unchanged. The simulator does not draw it. */
export const cloudwatchDashboard: ResourceKind = {
  identify: ({ name }) => ({ ref: name('DashboardName', { longest: 255 }), attributes: {} }),
  deploy(resource, { cloud }) {
    const { DashboardBody: body } = parseProperties(Properties, resource);
    cloud.cloudwatch.addDashboard(resource.identity().ref, body);
  },
  update: (resource, stack) => cloudwatchDashboard.deploy?.(resource, stack),
  remove: ({ identity }, { cloud }) => cloud.cloudwatch.removeDashboard(identity().ref),
};
