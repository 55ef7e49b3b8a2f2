import { z } from 'zod';
import { actionKind, Scalar } from '../action-kind.ts';
import { DONE } from '../outcome.ts';

/** Writes attributes that exist only while this flow runs, and that only this flow sees. */
export const updateFlowAttributes = actionKind({
  parameters: z.object({ FlowAttributes: z.record(z.string(), z.looseObject({ Value: Scalar })) }),
  logName: 'SetFlowAttributes',
  run({ FlowAttributes }, { paths, scope: { flowAttributes } }) {
    const added = Object.entries(FlowAttributes).map(
      ([key, { Value }]) => [paths.text(key), paths.text(Value)] as const,
    );
    for (const [key, value] of added) flowAttributes.set(key, value);
    return DONE;
  },
});
