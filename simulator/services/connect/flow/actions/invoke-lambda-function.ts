import { z } from 'zod';
import { isJsonObject } from '../../../../gateway/protocols.ts';
import { inBackground } from '../../../../in-background.ts';
import { actionKind, Count } from '../action-kind.ts';
import { contactData } from '../contact-data.ts';
import { DONE, NO_MATCHING_ERROR } from '../outcome.ts';

const MOST_ANSWER_BYTES = 32_768;
const MOST_SECONDS_WAITED = 8;

/**
 * Invokes a function, waits for it, and stores its answer under `$.External`, where it replaces the answer
 * before. The flow does not wait for an asynchronous invocation; its answer is lost, because it is not known
 * how a flow loads it.
 */
export const invokeLambdaFunction = actionKind({
  parameters: z
    .object({
      LambdaFunctionARN: z.string(),
      InvocationTimeLimitSeconds: Count.pipe(z.number().min(1).max(60)).default(8),
      InvocationType: z.enum(['SYNCHRONOUS', 'ASYNCHRONOUS']).default('SYNCHRONOUS'),
      LambdaInvocationAttributes: z.record(z.string(), z.unknown()).default({}),
      ResponseValidation: z
        .looseObject({ ResponseType: z.enum(['STRING_MAP', 'JSON']).default('STRING_MAP') })
        .prefault({}),
    })
    .refine(
      (given) =>
        given.InvocationType === 'ASYNCHRONOUS' || given.InvocationTimeLimitSeconds <= MOST_SECONDS_WAITED,
      {
        path: ['InvocationTimeLimitSeconds'],
        error: `at most ${MOST_SECONDS_WAITED} seconds while the flow waits`,
      },
    ),
  logName: 'InvokeExternalResource',
  async run(given, { contact, paths, parts: { functions, world }, scope }) {
    const functionArn = paths.single(given.LambdaFunctionARN);
    if (functionArn === undefined) return NO_MATCHING_ERROR;
    const event = {
      Name: 'ContactFlowEvent',
      Details: {
        ContactData: contactData(contact, world),
        Parameters: paths.deep(given.LambdaInvocationAttributes),
      },
    };
    const answered = functions.invoke(functionArn, event, given.InvocationTimeLimitSeconds * 1000);
    if (given.InvocationType === 'ASYNCHRONOUS') {
      inBackground(answered);
      return DONE;
    }
    scope.external = {};
    const answer = await answered;
    if (answer.kind === 'failed') return NO_MATCHING_ERROR;
    const values = valuesIn(answer.payload, given.ResponseValidation.ResponseType);
    if (!values) return NO_MATCHING_ERROR;
    scope.external = values;
    return DONE;
  },
});

/** Undefined if a flow cannot use the answer. */
function valuesIn(
  payload: string,
  type: 'STRING_MAP' | 'JSON',
): Readonly<Record<string, unknown>> | undefined {
  if (Buffer.byteLength(payload) > MOST_ANSWER_BYTES) return undefined;
  const answer: unknown = JSON.parse(payload);
  if (!isJsonObject(answer)) return undefined;
  const isFlat = Object.values(answer).every((value) => typeof value === 'string');
  return type === 'JSON' || isFlat ? answer : undefined;
}
