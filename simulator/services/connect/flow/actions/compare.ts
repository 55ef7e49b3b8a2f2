import { z } from 'zod';
import { actionKind, Scalar } from '../action-kind.ts';

/** Compares one value. A missing or empty value meets no condition. */
export const compare = actionKind({
  parameters: z.object({ ComparisonValue: Scalar }),
  logName: 'CheckAttribute',
  run: ({ ComparisonValue }, { paths }) => ({ kind: 'result', value: paths.single(ComparisonValue) }),
});
