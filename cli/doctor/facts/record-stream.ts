import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { fact } from '../look.ts';

export interface RecordStream {
  /** The key that it is encrypted with: its ARN or id, or an alias. Undefined: it is not encrypted. */
  readonly keyId: string | undefined;
}

/** The stream of contactRecordStreamArn. Undefined: there is none. */
export const recordStream = fact(async (look): Promise<RecordStream | undefined> => {
  const command = new DescribeStreamSummaryCommand({ StreamARN: look.config.contactRecordStreamArn });
  try {
    const { StreamDescriptionSummary } = await look.ask('kinesis:DescribeStreamSummary', () =>
      look.client(KinesisClient).send(command),
    );
    const { EncryptionType, KeyId } = StreamDescriptionSummary ?? {};
    return { keyId: EncryptionType === 'KMS' ? KeyId : undefined };
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
});
