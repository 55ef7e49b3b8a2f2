import type { JsonOperation } from '../../../gateway/protocols.ts';
import type { Charge } from '../../../world/account-state.ts';
import { type Asked, askedFor, isMeant } from '../input.ts';
import type { CostExplorerParts } from '../parts.ts';

const DAY_MS = 86_400_000;

/**
 * What was paid, by day or month, and by service. A page has everything. Source: AWS Cost Explorer API reference,
 * GetCostAndUsage.
 */
export function getCostAndUsage({ charges, clock }: CostExplorerParts): JsonOperation {
  return {
    name: 'GetCostAndUsage',
    needs: () => [{ action: 'ce:GetCostAndUsage', resource: '*' }],
    answer(input) {
      const asked = askedFor(input);
      const meant = charges.filter((charge) => isMeant(charge, asked.filter));
      const isGrouped = asked.GroupBy.length > 0;
      return {
        ...(isGrouped && { GroupDefinitions: asked.GroupBy }),
        ResultsByTime: stretchesOf(asked).map(({ from, to }) => {
          const found = meant.filter(({ day }) => day >= from && day < to);
          return {
            TimePeriod: { Start: from, End: to },
            Total: isGrouped ? {} : sumsOf(found, asked),
            Groups: isGrouped ? groupsOf(found, asked) : [],
            // The month is billed when it is over.
            Estimated: Date.parse(to) > clock.now() - DAY_MS,
          };
        }),
        DimensionValueAttributes: [],
      };
    },
  };
}

/** The days, or the months and parts of months, of the time. */
function stretchesOf({ TimePeriod: { Start, End }, Granularity }: Asked) {
  const stretches: { readonly from: string; readonly to: string }[] = [];
  for (let from = Start; from < End;) {
    const date = new Date(from);
    const nextMs =
      Granularity === 'DAILY'
        ? date.getTime() + DAY_MS
        : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    const next = new Date(nextMs).toISOString().slice(0, 10);
    const to = next < End ? next : End;
    stretches.push({ from, to });
    from = to;
  }
  return stretches;
}

function groupsOf(charges: readonly Charge[], asked: Asked) {
  const services = [...new Set(charges.map(({ service }) => service))].toSorted();
  return services.map((service) => ({
    Keys: [service],
    Metrics: sumsOf(
      charges.filter((charge) => charge.service === service),
      asked,
    ),
  }));
}

function sumsOf(charges: readonly Charge[], { Metrics }: Asked) {
  const Amount = String(charges.reduce((sum, { dollars }) => sum + dollars, 0));
  return Object.fromEntries(Metrics.map((name) => [name, { Amount, Unit: 'USD' }]));
}
