import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandOutput,
} from '@aws-sdk/client-cost-explorer';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT_HANDLER } from './patience.ts';

/** `Amazon Transcribe`, and what was paid for it, in US dollars. */
export type PaidByService = ReadonlyMap<string, number>;

/** Days of UTC: `2026-11-01`. `to` does not belong to it. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * What was paid in the Region, by service. AWS takes a cent for each request: so a request that fails is not tried again,
 * and there is one more for each further page. Throws RefusedError.
 */
export async function paidByService(
  { from, to }: Days,
  place: AskedPlace,
  tag?: { readonly key: string; readonly value: string },
): Promise<PaidByService> {
  const client = new CostExplorerClient({ ...place, requestHandler: PATIENT_HANDLER, maxAttempts: 1 });
  const inRegion: Expression = { Dimensions: { Key: 'REGION', Values: [place.region] } };
  const Filter = tag ? { And: [inRegion, { Tags: { Key: tag.key, Values: [tag.value] } }] } : inRegion;
  const sums = new Map<string, number>();
  let NextPageToken: string | undefined;
  do {
    const command = new GetCostAndUsageCommand({
      TimePeriod: { Start: from, End: to },
      Granularity: 'MONTHLY',
      Metrics: ['UnblendedCost'],
      GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
      Filter,
      NextPageToken,
    });
    const page: GetCostAndUsageCommandOutput = await askAws('ce:GetCostAndUsage', place, () =>
      client.send(command),
    );
    for (const { Groups = [] } of page.ResultsByTime ?? []) {
      for (const { Keys = [], Metrics } of Groups) {
        const service = Keys[0] ?? '';
        sums.set(service, (sums.get(service) ?? 0) + Number(Metrics?.['UnblendedCost']?.Amount ?? 0));
      }
    }
    ({ NextPageToken } = page);
  } while (NextPageToken !== undefined);
  return sums;
}
