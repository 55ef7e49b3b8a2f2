import { type CostLine, priced, sumOf } from './line.ts';
import type { Prices } from './prices.ts';
import { pythonFixedUses, pythonVariableUses } from './python-product.ts';
import type { StackFacts } from './stack-facts.ts';
import { connectUses, fixedUses, type InstancePricing, ownUses, variableUses, type Volume } from './uses.ts';

export interface Estimate {
  /** Fixed and variable. */
  readonly ours: readonly CostLine[];
  /** The same of the product in Python. */
  readonly python: readonly CostLine[];
  /** The same for both. */
  readonly yours: readonly CostLine[];
  readonly connect: readonly CostLine[];
}

/** What a month costs, in US dollars, without tax, support and free tier. */
export function estimate(
  facts: StackFacts,
  volume: Volume,
  { prices, pricing }: { readonly prices: Prices; readonly pricing: InstancePricing },
): Estimate {
  return {
    ours: priced([...fixedUses(facts), ...variableUses(facts, volume)], prices),
    python: priced([...pythonFixedUses(), ...pythonVariableUses(facts, volume)], prices),
    yours: priced(ownUses(facts, volume), prices),
    connect: priced(connectUses(facts, volume, pricing), prices),
  };
}

/** By service, the dearest first. */
export function byService(lines: readonly CostLine[]): ReadonlyMap<string, number> {
  const services = [...new Set(lines.map(({ service }) => service))];
  const sums = services.map(
    (service) => [service, sumOf(lines.filter((line) => line.service === service))] as const,
  );
  return new Map(sums.toSorted(([, one], [, other]) => other - one));
}
