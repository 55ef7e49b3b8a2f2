import type { KinesisVideoParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { requireStream } from '../input.ts';

/** A stream's settings. Readers use `DataRetentionInHours`. */
export function describeStream({ streams }: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/describeStream',
    answer({ input }) {
      const { arn, name, createdAtMs, retentionHours } = requireStream(input, streams);
      return {
        StreamInfo: {
          StreamARN: arn,
          StreamName: name,
          CreationTime: createdAtMs / 1000,
          DataRetentionInHours: retentionHours,
          MediaType: 'audio/L16;rate=8000;channels=1;',
          Status: 'ACTIVE',
          Version: 'Kgv6t5fYqPXQ0s4NTJFA',
        },
      };
    },
  };
}
