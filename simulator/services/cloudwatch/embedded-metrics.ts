import { z } from 'zod';
import type { Datum } from './metric-store.ts';

const Line = z.object({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});
const Members = z.record(z.string(), z.unknown());
const Values = z.union([z.number().transform((value) => [value]), z.array(z.number())]);

/**
 * The metrics in a line of a log; none in a line that is not in the embedded metric
 * format.
 *
 * Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format".
 */
export function embeddedMetrics(line: string): readonly Datum[] {
  if (!line.includes('"_aws"')) return [];
  const members = Members.safeParse(parsed(line)).data ?? {};
  const described = Line.safeParse(members).data;
  if (!described) return [];
  // oxlint-disable-next-line no-underscore-dangle -- the format's own spelling
  const { Timestamp: atMs, CloudWatchMetrics: directives } = described._aws;
  return directives.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(members[name])]));
      return Metrics.flatMap(({ Name: name }) => {
        const values = Values.safeParse(members[name]).data ?? [];
        return values.map((value) => ({ namespace, name, dimensions, value, atMs }));
      });
    }),
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
