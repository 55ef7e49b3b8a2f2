import type { MessageAttribute } from '../services/sqs/message-attributes.ts';
import type { ReceivedMessage } from '../services/sqs/received-message.ts';

/** The event of one batch. Source: Lambda developer guide, "Using Lambda with Amazon SQS". */
export function sqsEvent(
  messages: readonly ReceivedMessage[],
  { queueArn, region }: { queueArn: string; region: string },
) {
  return {
    Records: messages.map((message) => ({
      messageId: message.messageId,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: message.attributes,
      messageAttributes: Object.fromEntries(
        Object.entries(message.messageAttributes).map(([name, value]) => [name, attributeMember(value)]),
      ),
      md5OfBody: message.md5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  };
}

/** Lambda writes the members in camel case, and always sends the two lists. */
function attributeMember({ DataType, StringValue, BinaryValue }: MessageAttribute) {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
