import { type AnyStep, targetsOf } from './step.ts';

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** The place of the entry point in the designer, and the sizes of columns and blocks, in its own units. */
export const ENTRY_POINT: Position = { x: 40, y: 40 };
const FIRST_COLUMN = 200;
const COLUMN_WIDTH = 300;
const BLOCK_HEIGHT = 110;
const BRANCH_HEIGHT = 30;
const GAP = 40;

/**
 * Places for the blocks of a flow in Connect's designer: from left to right by how far an action is from the
 * start, from top to bottom in the order of the branches that lead there. Blocks do not overlap: the height
 * of a block depends on the number of its branches.
 */
export function layout(start: string, steps: ReadonlyMap<string, AnyStep>): ReadonlyMap<string, Position> {
  const columnEnds = new Map<number, number>();
  const positions = new Map<string, Position>();
  for (const [name, depth] of depths(start, steps)) {
    const y = columnEnds.get(depth) ?? ENTRY_POINT.y;
    const branches = targetsOf(steps.get(name) ?? { type: '' }).length;
    positions.set(name, { x: FIRST_COLUMN + depth * COLUMN_WIDTH, y });
    columnEnds.set(depth, y + BLOCK_HEIGHT + branches * BRANCH_HEIGHT + GAP);
  }
  return positions;
}

/** Every action that can be reached, nearest first, with the number of actions before it. */
export function depths(start: string, steps: ReadonlyMap<string, AnyStep>): ReadonlyMap<string, number> {
  const found = new Map([[start, 0]]);
  for (const [name, depth] of found) {
    for (const target of targetsOf(steps.get(name) ?? { type: '' })) {
      if (!found.has(target)) found.set(target, depth + 1);
    }
  }
  return found;
}
