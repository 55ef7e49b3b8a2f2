import type { Clock } from '../clock.ts';
import type { Happenings } from '../happenings.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  AwsError,
  type Caller,
  type Operation,
  type Permission,
  type Service,
} from '../service.ts';
import { authenticate } from './authenticate.ts';
import type { Identities, Identity } from './iam.ts';
import { type RawRequest, unpacked } from './read-request.ts';
import type { SignatureClaim } from './signature-v4.ts';

/**
 * The door for faults: asked once a call is known to be allowed. Its error is the
 * answer, in place of the operation, or `after` it: then what was asked for has
 * happened, and only its answer is lost.
 */
export type Interfere = (call: {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
}) => AwsError | Fault | undefined;

interface Fault {
  readonly when: 'before' | 'after';
  readonly error: AwsError;
}

/** A signed request, and the service it is for. */
export interface Call {
  readonly raw: RawRequest;
  readonly claim: SignatureClaim;
  readonly service: Service;
  readonly port: ApiRequest['port'];
  readonly requestId: string;
}

export interface CallSurroundings {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly identities: Identities;
  readonly interfere?: Interfere;
  readonly onBug: (error: unknown) => void;
}

export const ANONYMOUS: Caller = { accountId: 'anonymous', arn: 'anonymous', isAllowed: () => false };

/** Puts one call through signature, body, IAM and faults, has it answered, and tells of it. */
export async function answerCall(call: Call, surroundings: CallSurroundings): Promise<ApiAnswer> {
  const { raw, claim, service, port, requestId } = call;
  const { clock, happenings, identities, interfere, onBug } = surroundings;
  const { rawBody, ...head } = raw;
  const startMs = clock.now();

  let request: ApiRequest = { ...head, body: rawBody, caller: ANONYMOUS, port, requestId };
  let caller: string = ANONYMOUS.arn;
  let error: AwsError | undefined;
  let answer: ApiAnswer;
  let operation: Operation | undefined;
  try {
    operation = service.find(request);
    const identity = authenticate(raw, claim, { identities, nowMs: startMs });
    caller = identity.label;
    request = { ...request, ...unpacked(raw), caller: identity.caller };
    if (!operation) throw unknownOperation(service, request);
    authorize(identity, operation, request);
    const fault = faultOf(interfere?.({ service: service.name, operation: operation.name, caller }));
    if (fault?.when === 'before') throw fault.error;
    answer = await operation.answer(request);
    if (fault) throw fault.error;
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) onBug(thrown);
    error = thrown instanceof AwsError ? thrown : internalFailure(thrown);
    answer = service.errorAnswer(error, request);
  }

  happenings.tell({
    kind: 'api-call',
    atMs: startMs,
    service: service.name,
    operation: operation?.name ?? 'unknown',
    caller,
    status: answer.status,
    durationMs: clock.now() - startMs,
    ...(error && { errorCode: error.code }),
  });
  return answer;
}

function faultOf(fault: ReturnType<Interfere>): Fault | undefined {
  return fault instanceof AwsError ? { when: 'before', error: fault } : fault;
}

function unknownOperation({ name }: Service, { method, path, query, headers }: ApiRequest): AwsError {
  const search = query.size > 0 ? `?${query.toString()}` : '';
  const what = headers['x-amz-target'] ?? `${method} ${path}${search}`;
  const code = name === 's3' ? 'NotImplemented' : 'UnknownOperationException';
  return new AwsError(code, 501, `The simulator does not know this operation of ${name}: ${what}`);
}

function authorize(identity: Identity, operation: Operation, request: ApiRequest): void {
  for (const permission of operation.needs(request)) {
    const decision = identity.decide(permission);
    if (decision !== 'allowed') throw accessDenied(identity, permission, decision);
  }
}

/** Source: IAM User Guide, "Troubleshoot access denied error messages". */
function accessDenied(
  { caller }: Identity,
  { action, resource }: Permission,
  decision: 'explicitly-denied' | 'no-statement-allows',
): AwsError {
  const because =
    decision === 'explicitly-denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const code = action.startsWith('s3:') ? 'AccessDenied' : 'AccessDeniedException';
  const message = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  return new AwsError(code, 403, message);
}

/** What is left to say of an error that is a bug of the simulator's own. */
export function internalFailure(error: unknown): AwsError {
  const message = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalFailure', 500, `The simulator failed: ${message}`);
}
