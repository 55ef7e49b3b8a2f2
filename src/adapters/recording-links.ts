import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import type { DeliverVoicemailPorts } from '../steps/deliver-voicemail.ts';
import { awsCall } from './aws-call.ts';

const answerSchema = z.object({ url: z.url() });
const failureSchema = z.object({ errorType: z.string() });

/** Calls `presign-recording` to make the link: the role of `deliver-voicemail` cannot read the signing key. */
export function recordingLinks(lambda: LambdaClient, functionName: string): DeliverVoicemailPorts['linkFor'] {
  return async ({ contactId, endedAtMs }) => {
    const command = new InvokeCommand({
      FunctionName: functionName,
      Payload: JSON.stringify({ contactId, endedAtMs }),
    });
    const { FunctionError, Payload } = await awsCall('lambda:InvokeFunction', lambda.send(command));
    const body = parseJson(Payload?.transformToString() ?? '');
    if (FunctionError) throw failureOf(body);
    const answer = answerSchema.safeParse(body);
    if (answer.success) return answer.data.url;
    throw new PermanentError('MALFORMED_EVENT', 'presign-recording answered no URL');
  };
}

/** Lambda reports the class of the error that the function threw. */
function failureOf(body: unknown): PermanentError | RetryableError {
  const message = 'presign-recording failed; its own log says why';
  const isPermanent = failureSchema.safeParse(body).data?.errorType === 'PermanentError';
  return isPermanent ? new PermanentError('REFUSED', message) : new RetryableError('UNAVAILABLE', message);
}
