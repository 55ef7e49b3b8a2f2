import { AwsError } from '../service.ts';

/** CloudFormation's own errors. Source: CloudFormation API reference. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', 400, message);
}

export function stackNotFound(wanted: string): AwsError {
  return validationError(`Stack with id ${wanted} does not exist`);
}

export function alreadyExists(what: string): AwsError {
  return new AwsError('AlreadyExistsException', 400, `${what} already exists`);
}

export function changeSetNotFound(wanted: string): AwsError {
  return new AwsError('ChangeSetNotFound', 404, `ChangeSet [${wanted}] does not exist`);
}

export function notExecutable(id: string, status: string): AwsError {
  const message = `ChangeSet [${id}] cannot be executed in its current status of [${status}]`;
  return new AwsError('InvalidChangeSetStatus', 400, message);
}

export function cannotBeUpdated({ id, status }: { id: string; status: string }): AwsError {
  return validationError(`Stack:${id} is in ${status} state and can not be updated.`);
}

export function cannotBeRolledBack({ id, status }: { id: string; status: string }): AwsError {
  return validationError(`Stack:${id} is in ${status} state and can not be rolled back.`);
}
