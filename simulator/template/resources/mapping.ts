import { z } from 'zod';
import type { Stack } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import type { DeployedFunction } from './lambda-function.ts';

/** The properties of an AWS::Lambda::EventSourceMapping, with the ranges of its API reference. */
export const MappingShape = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.coerce.number().int().min(1).max(10_000).optional(),
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string().max(4096) })).max(10) })
    .default({ Filters: [] }),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).default([]),
  MaximumBatchingWindowInSeconds: z.unknown().optional(),
  // Queues only.
  ScalingConfig: z
    .strictObject({ MaximumConcurrency: z.coerce.number().int().min(2).max(1000).optional() })
    .default({}),
  // Streams only.
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']).optional(),
  /** Epoch seconds. */
  StartingPositionTimestamp: z.coerce.number().optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.coerce.number().int().min(-1).max(10_000).default(-1),
  MaximumRecordAgeInSeconds: z
    .union([z.literal(-1), z.coerce.number().int().min(60).max(604_800)])
    .default(-1),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
    .default({}),
  ParallelizationFactor: z.coerce.number().int().min(1).max(10).optional(),
  MetricsConfig: z
    .strictObject({ Metrics: z.array(z.literal('EventCount')).max(1) })
    .default({ Metrics: [] }),
  Tags: z.unknown().optional(),
});

/** A mapping that is being made. */
export interface Mapping {
  readonly where: string;
  /** A UUID. */
  readonly mappingId: string;
  readonly worker: DeployedFunction;
  readonly properties: z.infer<typeof MappingShape>;
  readonly stack: Stack;
}

export function reportsFailures({ FunctionResponseTypes }: Mapping['properties']): boolean {
  return FunctionResponseTypes.includes('ReportBatchItemFailures');
}

export function filterPatterns({ FilterCriteria }: Mapping['properties']): readonly string[] {
  return FilterCriteria.Filters.map(({ Pattern }) => Pattern);
}

/** Throws TemplateError with `refusal` if the function's role does not allow `action`. */
export function requireAllowed(
  { where, worker, stack }: Mapping,
  { action, resource }: { action: string; resource: string },
  refusal: string,
): void {
  if (stack.cloud.identities.callerFor(worker.roleArn).isAllowed({ action, resource })) return;
  throw new TemplateError(`${where}: ${refusal} (${action} on ${resource})`);
}
