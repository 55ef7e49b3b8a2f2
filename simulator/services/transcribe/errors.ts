import { AwsError } from '../../service.ts';

/** Transcribe uses this one for nearly everything. The member is `Message`, with a capital. */
export function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', 400, message, { Message: message });
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', 400, message, { Message: message });
}

/** The error for features of Transcribe that are not simulated. */
export function notSimulated(what: string): AwsError {
  return new AwsError('NotImplemented', 501, `The simulator's Transcribe does not know ${what}`);
}

/**
 * The documentation says that GetTranscriptionJob answers NotFoundException; in practice it and
 * DeleteTranscriptionJob answer this.
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
