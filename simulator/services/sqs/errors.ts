import { type ApiAnswer, AwsError } from '../../service.ts';

/*
 * SQS moved from the query protocol to JSON and kept both families of error names: a header carries the old
 * one, which most clients read. `AwsError.code` here is the name that SQS's documentation uses. Source:
 * Smithy, "awsQueryCompatible trait".
 */

/** The old name, if it differs from the documented one. */
const QUERY_CODES: ReadonlyMap<string, string> = new Map([
  ...[
    'BatchEntryIdsNotDistinct',
    'BatchRequestTooLong',
    'EmptyBatchRequest',
    'InvalidBatchEntryId',
    'PurgeQueueInProgress',
    'TooManyEntriesInBatchRequest',
    'UnsupportedOperation',
  ].map((code) => [code, `AWS.SimpleQueueService.${code}`] as const),
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
  ['AccessDeniedException', 'AccessDenied'],
  ['KmsAccessDenied', 'KMS.AccessDeniedException'],
  ['KmsNotFound', 'KMS.NotFoundException'],
  ['KmsDisabled', 'KMS.DisabledException'],
  ['KmsInvalidState', 'KMS.InvalidStateException'],
]);

/** Errors from the framework around SQS, with the framework's names. */
const FRAMEWORK_TYPES: ReadonlyMap<string, string> = new Map([
  ['InvalidParameterValue', 'InvalidParameterValueException'],
  ['MissingParameter', 'MissingRequiredParameterException'],
  ['AccessDeniedException', 'AccessDeniedException'],
]);

/** The error as SQS writes it: the new name in the body, the old one in a header. */
export function sqsErrorAnswer({ code, status, message, members }: AwsError): ApiAnswer {
  const framework = FRAMEWORK_TYPES.get(code);
  const type =
    framework === undefined ? `com.amazonaws.sqs#${code}` : `com.amazon.coral.service#${framework}`;
  const fault = status >= 500 ? 'Receiver' : 'Sender';
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-query-error': `${QUERY_CODES.get(code) ?? code};${fault}`,
    },
    body: JSON.stringify({ __type: type, message, ...members }),
  };
}

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 400, 'The specified queue does not exist.');
}

export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', 400, `The request must contain the parameter ${name}.`);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', 400, message);
}

/** Any other refusal of a request. */
export function refused(code: string, message: string): AwsError {
  return new AwsError(code, 400, message);
}

/** SQS's sentence for a value that is not allowed. */
export function invalidValue(value: unknown, name: string, reason: string): AwsError {
  const given = typeof value === 'string' ? value : JSON.stringify(value);
  return invalidParameter(`Value ${given} for parameter ${name} is invalid. Reason: ${reason}`);
}
