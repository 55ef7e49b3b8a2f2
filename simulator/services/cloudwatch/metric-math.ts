/** Computes an expression from its metrics, by id, for one period; undefined: there was no value. */
export type MetricMath = (values: ReadonlyMap<string, number | undefined>) => number | undefined;

const IDS = String.raw`FILL\(([a-z]\w*), 0\)`;
const ONE_WITHOUT_OTHER = new RegExp(String.raw`^IF\(${IDS} > 0 AND ${IDS} == 0, 1, 0\)$`);

/**
 * Two expressions are simulated: the sum of all metrics, and whether one metric is above zero while another
 * one is not. A period in which no metric has a value has no result. Undefined: an expression of another
 * kind, or with ids that are not among `ids`.
 *
 * Source: Amazon CloudWatch User Guide, "Metric math syntax and functions".
 */
export function metricMath(expression: string, ids: readonly string[]): MetricMath | undefined {
  if (expression === 'SUM(FILL(METRICS(), 0))') {
    return ifAny((values) => [...values.values()].reduce<number>((sum, value) => sum + (value ?? 0), 0));
  }
  const [, one, other] = ONE_WITHOUT_OTHER.exec(expression) ?? [];
  if (one === undefined || other === undefined) return undefined;
  if (!ids.includes(one) || !ids.includes(other)) return undefined;
  return ifAny((values) => ((values.get(one) ?? 0) > 0 && (values.get(other) ?? 0) === 0 ? 1 : 0));
}

function ifAny(math: (...args: Parameters<MetricMath>) => number): MetricMath {
  return (values) => ([...values.values()].every((value) => value === undefined) ? undefined : math(values));
}
