import { AwsError } from '../../service.ts';

/** The content of a receipt handle, which is opaque to clients. */
export interface Receipt {
  readonly queueArn: string;
  readonly messageId: string;
  /** Each receive of a message in a queue has its own number. */
  readonly receive: number;
}

export function receiptHandle({ queueArn, messageId, receive }: Receipt): string {
  return Buffer.from(`${queueArn} ${messageId} ${receive}`).toString('base64');
}

/** Throws AwsError ReceiptHandleIsInvalid if the text was never a handle of this queue. */
export function parseReceiptHandle(handle: string, queueArn: string): Receipt {
  const [arn, messageId, receive] = Buffer.from(handle, 'base64').toString('utf8').split(' ');
  if (arn === queueArn && messageId !== undefined && /^\d+$/.test(receive ?? '')) {
    return { queueArn, messageId, receive: Number(receive) };
  }
  throw new AwsError('ReceiptHandleIsInvalid', 404, 'The input receipt handle is invalid.');
}
