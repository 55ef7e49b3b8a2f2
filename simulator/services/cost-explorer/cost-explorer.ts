import type { Clock } from '../../clock.ts';
import { jsonService } from '../../gateway/protocols.ts';
import type { Service } from '../../service.ts';
import type { Charge } from '../../world/account-state.ts';
import { costExplorerOperations } from './operations.ts';

/**
 * Cost Explorer: what the account paid, as the world has it.
 *
 * Not simulated: charges for what happens in the simulator, forecasts, budgets, cost categories, cost allocation tags
 * and their activation (a charge has those tags that count), credits, taxes, and the cent for each request.
 */
export function createCostExplorer({
  charges = [],
  clock,
}: {
  charges?: readonly Charge[];
  clock: Pick<Clock, 'now'>;
}): { readonly service: Service } {
  return {
    service: jsonService({
      name: 'ce',
      targetPrefix: 'AWSInsightsIndexService',
      version: '1.1',
      operations: costExplorerOperations({ charges, clock }),
    }),
  };
}
