import type { JsonObject } from '../../gateway/protocols.ts';
import { AwsError, type Permission } from '../../service.ts';
import type { World } from './world.ts';

/** A parameter's form is wrong: its type, its length, its characters. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', 400, message);
}

/** The parameters are well formed, but are not allowed together, or exceed a limit. */
export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequestException', 400, message);
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', 404, message);
}

/** Lengths are in UTF-16 units, as in the API's own model. */
interface Length {
  readonly min?: number;
  readonly max: number;
}

export function requireText(input: JsonObject, member: string, length: Length): string {
  const value = findText(input, member, length);
  if (value === undefined) throw invalidParameter(`${member} is required.`);
  return value;
}

export function findText(input: JsonObject, member: string, { min = 1, max }: Length): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalidParameter(`${member} must be a string.`);
  if (value.length < min || value.length > max) {
    throw invalidParameter(`${member} must have ${min} to ${max} characters.`);
  }
  return value;
}

/** The instance is named by its id or its ARN, in bodies and paths alike. */
export function requireInstance(world: World, instanceId: unknown): void {
  if (typeof instanceId !== 'string' || instanceId.length < 1 || instanceId.length > 100) {
    throw invalidParameter('InstanceId must have 1 to 100 characters.');
  }
  if (askedInstanceArn(world, instanceId) !== world.instanceArn) {
    throw resourceNotFound(`Instance not found: ${instanceId}`);
  }
}

/** The ARN of the instance that a call names, known or not: the resource for IAM. */
function askedInstanceArn({ instanceArn }: World, instanceId: unknown): string {
  if (typeof instanceId !== 'string') return instanceArn;
  if (instanceId.startsWith('arn:')) return instanceId;
  return instanceArn.replace(/[^/]+$/, instanceId);
}

/**
 * The permission that a caller needs: the operation on something in the instance that the call names.
 * Source: Service Authorization Reference, Amazon Connect.
 */
export function permission(
  operation: string,
  world: World,
  asked: { readonly instanceId: unknown; readonly resource?: string },
): Permission {
  const instanceArn = askedInstanceArn(world, asked.instanceId);
  return {
    action: `connect:${operation}`,
    resource: asked.resource === undefined ? instanceArn : `${instanceArn}/${asked.resource}`,
  };
}
