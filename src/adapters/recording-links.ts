import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import { awsCall } from './aws-call.ts';

const answerSchema = z.object({ url: z.url() });

/** Has `presign-recording` make the link: its role alone may read the signing key. */
export function recordingLinks(lambda: LambdaClient, functionName: string): DeliverVoicemailPorts['linkFor'] {
  return async (contactId) => {
    const command = new InvokeCommand({
      FunctionName: functionName,
      Payload: JSON.stringify({ contactId }),
    });
    const { FunctionError, Payload } = await awsCall('lambda:InvokeFunction', lambda.send(command));
    if (FunctionError)
      throw new RetryableError('UNAVAILABLE', 'presign-recording failed; its own log says why');
    const answer = answerSchema.safeParse(JSON.parse(Payload?.transformToString() ?? 'null'));
    if (answer.success) return answer.data.url;
    throw new PermanentError('MALFORMED_EVENT', 'presign-recording answered no URL');
  };
}
