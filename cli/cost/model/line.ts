import { dollarsFor, type PriceName, type Prices } from './prices.ts';

/**
 * `fixed`: every month, also without a call. `variable`: by the voicemail. `yours`: of the administrator's own, which is
 * there without voicemail as a rule. `connect`: Amazon Connect's own prices.
 */
export type Part = 'fixed' | 'variable' | 'yours' | 'connect';

/** How much of something is used in a month. */
export interface Use {
  readonly part: Part;
  readonly what: string;
  readonly price: PriceName;
  readonly quantity: number;
}

/** A use, and what it costs. */
export interface CostLine extends Use {
  readonly service: string;
  readonly dollars: number;
}

export function priced(uses: readonly Use[], prices: Prices): readonly CostLine[] {
  return uses.map((use) => {
    const price = prices.of(use.price);
    return { ...use, service: price.service, dollars: dollarsFor(price, use.quantity) };
  });
}

export function sumOf(lines: readonly CostLine[], part?: Part): number {
  return lines
    .filter((line) => part === undefined || line.part === part)
    .reduce((sum, { dollars }) => sum + dollars, 0);
}
