import type { JsonOperation } from '../../gateway/protocols.ts';
import { getCostAndUsage } from './operations/get-cost-and-usage.ts';
import type { CostExplorerParts } from './parts.ts';

/** Everything that can be asked of Cost Explorer over the wire. */
export function costExplorerOperations(parts: CostExplorerParts): readonly JsonOperation[] {
  return [getCostAndUsage(parts)];
}
