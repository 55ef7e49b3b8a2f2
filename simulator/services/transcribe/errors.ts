import { AwsError } from '../../service.ts';

/** Transcribe says nearly everything with this one. Its message member is written large. */
export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', 400, message, { Message: message });
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', 400, message, { Message: message });
}

/** What Transcribe could do and the simulator cannot, said loudly. */
export function notSimulated(what: string): AwsError {
  return new AwsError('NotImplemented', 501, `The simulator's Transcribe does not know ${what}`);
}

/**
 * GetTranscriptionJob is documented to answer NotFoundException; what it is seen
 * to answer is this, as is DeleteTranscriptionJob.
 */
export function jobNotFound(): AwsError {
  return badRequest("The requested job couldn't be found. Check the job name and try your request again.");
}

/** The sentence of AWS's validation framework. `member` as in the request, in camel case. */
export function violated(value: unknown, member: string, constraint: string): AwsError {
  const given =
    value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
  return badRequest(
    `1 validation error detected: Value ${given} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
