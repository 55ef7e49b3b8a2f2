import { z } from 'zod';
import { actionKind, Scalar } from '../action-kind.ts';
import { NO_MATCHING_ERROR } from '../outcome.ts';

const MOST_ROUNDS = 100;

/** Continues so many times; then it is complete, and starts again if the flow reaches it again. */
export const loop = actionKind({
  parameters: z.object({ LoopCount: Scalar }),
  logName: 'Loop',
  run({ LoopCount }, { action: { Identifier }, paths, scope: { rounds } }) {
    const count = Number(paths.single(LoopCount) ?? NaN);
    if (!Number.isInteger(count) || count < 0 || count > MOST_ROUNDS) return NO_MATCHING_ERROR;
    const round = rounds.get(Identifier) ?? 0;
    if (round >= count) {
      rounds.delete(Identifier);
      return { kind: 'result', value: 'DoneLooping' };
    }
    rounds.set(Identifier, round + 1);
    return { kind: 'result', value: 'ContinueLooping' };
  },
});
