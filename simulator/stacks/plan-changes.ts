import type { StackVersion } from '../template/stack-version.ts';
import type { Change } from './stack-record.ts';

/** Everything of a stack that is not there yet. */
export function additions({ inOrder }: StackVersion): readonly Change[] {
  return inOrder.map(({ logicalId, type }) => ({ action: 'Add', logicalId, type, properties: [] }));
}
