import type { Clock } from '../clock.ts';
import type { Happenings } from '../happenings.ts';
import {
  type ApiAnswer,
  type ApiRequest,
  AwsError,
  type Caller,
  type Decision,
  type Operation,
  type Permission,
  type Service,
} from '../service.ts';
import { authenticate } from './authenticate.ts';
import { errorAnswer, notSimulated } from './error-answer.ts';
import { answerWith, type CallingInvocation, type Fault, type Interfere, NoAnswer } from './fault.ts';
import type { Identity } from './callers.ts';
import type { Identities } from './iam.ts';
import { idsInRequest, idsMeant } from './named-ids.ts';
import { type RawRequest, unpacked } from './read-request.ts';
import type { SignatureClaim } from './signature-v4.ts';

/** A signed request, and the service it is for. */
export interface Call {
  readonly raw: RawRequest;
  readonly claim: SignatureClaim;
  readonly service: Service;
  readonly port: ApiRequest['port'];
  readonly requestId: string;
  /** Aborted when the caller's connection ends. */
  readonly left: AbortSignal;
}

export interface CallSurroundings {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly identities: Identities;
  readonly interfere?: Interfere;
  /** The function invocation that a call comes from, by the call's trace header. */
  readonly invocationOf?: (traceHeader: string | undefined) => CallingInvocation | undefined;
  readonly onBug: (error: unknown) => void;
  /** Called with every answer of an operation, before it is sent. */
  readonly onAnswer?: (answered: { service: string; operation: string; answer: ApiAnswer }) => void;
}

export const ANONYMOUS: Caller = { accountId: 'anonymous', arn: 'anonymous', isAllowed: () => false };

/**
 * Checks one call's signature, body and permissions, injects faults, answers it and reports it. Returns
 * undefined if the connection has to end without an answer; then the reported status is 0.
 */
export async function answerCall(call: Call, surroundings: CallSurroundings): Promise<ApiAnswer | undefined> {
  const { raw, claim, service, port, requestId, left } = call;
  const { clock, happenings, identities, interfere, invocationOf, onBug, onAnswer } = surroundings;
  const { rawBody, ...head } = raw;
  const startMs = clock.now();

  let request: ApiRequest = { ...head, body: rawBody, caller: ANONYMOUS, port, requestId, left };
  let caller: string = ANONYMOUS.arn;
  let answer: ApiAnswer | undefined;
  let errorCode: string | undefined;
  let operation: Operation | undefined;
  let isInjected = false;
  const invocation = invocationOf?.(raw.headers['x-amzn-trace-id']);
  try {
    operation = service.find(request);
    const identity = authenticate(raw, claim, { identities, nowMs: startMs });
    caller = identity.label;
    request = { ...request, ...unpacked(raw), caller: identity.caller };
    if (!operation) throw await notSimulated(service.name, request, true);
    authorize(identity, operation, request);
    const asked = { service: service.name, operation: operation.name, caller };
    const fault = faultOf(interfere?.({ ...asked, ...(invocation && { invocation }) }));
    isInjected = fault !== undefined;
    const { answer: perform } = operation;
    answer = await answerWith(fault, () => perform(request), { clock, invocation, left });
  } catch (thrown) {
    if (thrown instanceof NoAnswer) {
      errorCode = thrown.message;
    } else {
      if (!(thrown instanceof AwsError)) onBug(thrown);
      const error = thrown instanceof AwsError ? thrown : internalFailure(thrown);
      errorCode = error.code;
      answer = errorAnswer(error, request, { name: service.name, service });
    }
  }

  if (operation && answer && !isInjected)
    onAnswer?.({ service: service.name, operation: operation.name, answer });
  happenings.tell({
    kind: 'api-call',
    atMs: startMs,
    service: service.name,
    operation: operation?.name ?? 'unknown',
    caller,
    about: idsMeant(invocation?.ids() ?? [], idsInRequest(raw)),
    status: answer?.status ?? 0,
    durationMs: clock.now() - startMs,
    ...(errorCode !== undefined && { errorCode }),
  });
  return answer;
}

function faultOf(fault: ReturnType<Interfere>): Fault | undefined {
  return fault instanceof AwsError ? { when: 'before', error: fault } : fault;
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
  decision: Exclude<Decision, 'allowed'>,
): AwsError {
  const because = {
    'explicitly-denied': 'with an explicit deny in an identity-based policy',
    'no-statement-allows': `because no identity-based policy allows the ${action} action`,
    'beyond-boundary': `because no permissions boundary allows the ${action} action`,
  }[decision];
  const code = action.startsWith('s3:') ? 'AccessDenied' : 'AccessDeniedException';
  const message = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  return new AwsError(code, 403, message);
}

/** The answer to a call that fails by a bug of the simulator. */
export function internalFailure(error: unknown): AwsError {
  const message = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalFailure', 500, `The simulator failed: ${message}`);
}
