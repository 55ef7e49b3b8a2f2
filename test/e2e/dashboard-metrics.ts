import { z } from 'zod';
import type { Simulator } from '../../simulator/simulator.ts';

type MetricName = ReturnType<Simulator['cloudwatch']['metrics']>[number];

/** One text for one metric. */
export function keyOf({ namespace, name, dimensions }: MetricName): string {
  const pairs = Object.entries(dimensions).map((pair) => pair.join('='));
  return [namespace, name, ...pairs.toSorted()].join(' ');
}

const Widgets = z.object({
  widgets: z.array(
    z.object({ properties: z.object({ metrics: z.array(z.array(z.unknown())).default([]) }) }),
  ),
});

/** `["AWS/SQS", "Name", "QueueName", "…", { … }]`. Source: CloudWatch API, "Dashboard body structure and syntax". */
export function metricsIn(dashboardBody: string): string[] {
  return Widgets.parse(JSON.parse(dashboardBody)).widgets.flatMap(({ properties }) =>
    properties.metrics.map((metric) => {
      const [namespace = '', name = '', ...pairs] = metric.filter((part) => typeof part === 'string');
      const names = pairs.filter((_, index) => index % 2 === 0);
      const values = pairs.filter((_, index) => index % 2 === 1);
      const dimensions = Object.fromEntries(names.map((key, index) => [key, values[index] ?? '']));
      return keyOf({ namespace, name, dimensions });
    }),
  );
}
