import {
  CloudFormationClient,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

const DAY_SECONDS = 86_400;

/** A resource of a stack. */
export interface UsedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Its name, or for a queue its URL. */
  readonly physicalId: string;
}

/** A metric of CloudWatch, whose values are summed up. */
export interface UsageMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Throws RefusedError, also if there is no such stack. */
export async function usedResources(stackName: string, place: AskedPlace): Promise<readonly UsedResource[]> {
  const client = new CloudFormationClient({ ...place, ...PATIENT });
  const found = await askAws('cloudformation:ListStackResources', place, async () => {
    const summaries: StackResourceSummary[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: stackName }))
      summaries.push(...(page.StackResourceSummaries ?? []));
    return summaries;
  });
  if (found.length === 0) throw new RefusedError(`the stack ${stackName} has nothing in it`);
  return found.map(({ LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' }) => ({
    logicalId: LogicalResourceId,
    type: ResourceType,
    physicalId: PhysicalResourceId,
  }));
}

/** The sum of each metric, in their order. Undefined: CloudWatch has no value. Throws RefusedError. */
export async function summedUp(
  metrics: readonly UsageMetric[],
  { fromMs, toMs }: Stretch,
  place: AskedPlace,
): Promise<readonly (number | undefined)[]> {
  const client = new CloudWatchClient({ ...place, ...PATIENT });
  const query = {
    MetricDataQueries: metrics.map(queryFor),
    StartTime: new Date(fromMs),
    EndTime: new Date(toMs),
  };
  const values = await askAws('cloudwatch:GetMetricData', place, async () => {
    const found = new Map<string, number[]>();
    for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, query)) {
      for (const { Id = '', Values = [] } of MetricDataResults)
        found.set(Id, [...(found.get(Id) ?? []), ...Values]);
    }
    return found;
  });
  return metrics.map((_, index) => {
    const found = values.get(idOf(index)) ?? [];
    return found.length === 0 ? undefined : found.reduce((sum, value) => sum + value, 0);
  });
}

function idOf(index: number): string {
  return `m${index}`;
}

function queryFor({ namespace, name, dimensions }: UsageMetric, index: number): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: namespace, MetricName: name, Dimensions };
  return { Id: idOf(index), MetricStat: { Metric, Period: DAY_SECONDS, Stat: 'Sum' } };
}
