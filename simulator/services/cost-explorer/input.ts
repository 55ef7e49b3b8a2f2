import { z } from 'zod';
import type { JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import type { Charge } from '../../world/account-state.ts';

const OPERATION = 'GetCostAndUsage';
const METRICS = [
  'AmortizedCost',
  'BlendedCost',
  'NetAmortizedCost',
  'NetUnblendedCost',
  'NormalizedUsageAmount',
  'UnblendedCost',
  'UsageQuantity',
] as const;
/** Without credits and discounts they are the same. */
const COSTS: readonly string[] = METRICS.filter((name) => name.endsWith('Cost'));

const Leaf = z.union([
  z.strictObject({ Dimensions: z.strictObject({ Key: z.string(), Values: z.array(z.string()) }) }),
  z.strictObject({ Tags: z.strictObject({ Key: z.string(), Values: z.array(z.string()) }) }),
]);
const Filter = z.union([Leaf, z.strictObject({ And: z.array(Leaf).min(2) })]);
const Input = z.object({
  TimePeriod: z.strictObject({ Start: z.iso.date(), End: z.iso.date() }),
  Granularity: z.enum(['DAILY', 'MONTHLY', 'HOURLY']),
  Metrics: z.array(z.enum(METRICS)).min(1),
  Filter: z.unknown().optional(),
  GroupBy: z.array(z.strictObject({ Type: z.string(), Key: z.string() })).default([]),
});

export type Asked = Omit<z.infer<typeof Input>, 'Filter'> & {
  readonly filter: z.infer<typeof Filter> | undefined;
};

/** Throws AwsError: ValidationException for what AWS refuses, 501 for what is not simulated. */
export function askedFor(input: JsonObject): Asked {
  const parsed = Input.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { Filter: filter, ...asked } = parsed.data;
  const { Start, End } = asked.TimePeriod;
  if (Start >= End) throw invalid('Start date (and hour) should be before end date (and hour)');
  if (asked.Granularity === 'HOURLY') throw notSimulated('the granularity HOURLY');
  const other = asked.Metrics.find((name) => !COSTS.includes(name));
  if (other !== undefined) throw notSimulated(`the metric ${other}`);
  if (
    asked.GroupBy.some(({ Type, Key }) => Type !== 'DIMENSION' || Key !== 'SERVICE') ||
    asked.GroupBy.length > 1
  )
    throw notSimulated('another group than the service');
  return { ...asked, filter: filter === undefined ? undefined : filterIn(filter) };
}

function filterIn(filter: unknown): z.infer<typeof Filter> {
  const { data } = Filter.safeParse(filter);
  if (!data) throw notSimulated('such a filter');
  return data;
}

export function isMeant(charge: Charge, filter: Asked['filter']): boolean {
  if (!filter) return true;
  return ('And' in filter ? filter.And : [filter]).every((leaf) => {
    if ('Tags' in leaf) return leaf.Tags.Values.includes(charge.tags?.[leaf.Tags.Key] ?? '');
    const { Key, Values } = leaf.Dimensions;
    if (Key === 'REGION') return Values.includes(charge.region);
    if (Key === 'SERVICE') return Values.includes(charge.service);
    throw notSimulated(`the dimension ${Key}`);
  });
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', 400, message);
}

function notSimulated(what: string): AwsError {
  return new AwsError('NotImplemented', 501, `${OPERATION}: the simulator has not ${what}`);
}
