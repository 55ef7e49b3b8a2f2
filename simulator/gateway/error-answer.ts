import { XMLBuilder } from 'fast-xml-parser';
import { type ApiAnswer, type ApiRequest, AwsError, type Service } from '../service.ts';
import { cborError, cborOperationName, speaksCbor } from './rpc-cbor.ts';
import { isForm, queryError } from './query-protocol.ts';

const XML = { 'content-type': 'text/xml' };
const builder = new XMLBuilder();

/** Signing names of services that are not here and speak REST-XML. Source: AWS's models of the services. */
const REST_XML = ['cloudfront', 's3-outposts', 's3express', 'route53'];

/**
 * An error in the protocol that the client speaks, which need not be that of the service here: SES has a
 * version 1 with forms and XML, and services that are not simulated at all are asked too.
 */
export function errorAnswer(
  error: AwsError,
  request: ApiRequest,
  { name, service }: { name: string; service: Service | undefined },
): ApiAnswer {
  if (speaksCbor(request)) return withQueryCode(cborError(error), error, request);
  const own = service?.errorAnswer(error, request);
  // A service that speaks the query protocol has words of its own for some errors.
  if (own?.headers?.['content-type'] === XML['content-type']) return withQueryCode(own, error, request);
  if (isForm(request)) return name === 'ec2' ? ec2Error(error, request) : queryError(error, request, name);
  if (own) return withQueryCode(own, error, request);
  if (REST_XML.includes(name)) return queryError(error, request, name);
  return jsonError(error);
}

/** EC2 has its own form of the query protocol. Source: Smithy, "AWS EC2 query protocol". */
function ec2Error({ code, status, message }: AwsError, { requestId }: ApiRequest): ApiAnswer {
  const Response = { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId };
  return { status, headers: XML, body: builder.build({ Response }) };
}

/**
 * Clients of services that left the query protocol ask for the code that it had. A service that has other codes
 * there has set the header already. Source: Smithy, "awsQueryCompatible trait".
 */
function withQueryCode(
  answer: ApiAnswer,
  { code, status }: AwsError,
  { headers }: Pick<ApiRequest, 'headers'>,
): ApiAnswer {
  if (headers['x-amzn-query-mode'] === undefined) return answer;
  const fault = status >= 500 ? 'Receiver' : 'Sender';
  const old = QUERY_CODES.get(code) ?? code;
  return { ...answer, headers: { 'x-amzn-query-error': `${old};${fault}`, ...answer.headers } };
}

/** The codes of CloudWatch that were others in the query protocol. Source: AWS's model of CloudWatch. */
const QUERY_CODES = new Map([
  ['AccessDeniedException', 'AccessDenied'],
  ['DashboardNotFoundError', 'ResourceNotFound'],
  ['InvalidParameterCombinationException', 'InvalidParameterCombination'],
  ['InvalidParameterValueException', 'InvalidParameterValue'],
]);

/** An error of a service that is not here. */
export function jsonError({ code, status, message }: AwsError): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}

/** What a call of something that is not simulated gets: never an error of its input. */
export async function notSimulated(name: string, request: ApiRequest, isKnown: boolean): Promise<AwsError> {
  const what = await operationName(name, request);
  const code = name === 's3' ? 'NotImplemented' : 'UnknownOperationException';
  const message = isKnown
    ? `The simulator does not know this operation of ${name}: ${what}`
    : `The simulator does not know the service ${name}: ${what}`;
  return new AwsError(code, 501, message);
}

/** As AWS spells it; of a REST service that has no list of its operations here, method and path. */
async function operationName(name: string, request: ApiRequest): Promise<string> {
  const { method, path, query, headers, body } = request;
  const target = headers['x-amz-target'];
  if (target !== undefined) return target;
  if (speaksCbor(request)) return cborOperationName(request) ?? path;
  const action = isForm(request) ? new URLSearchParams(body.toString('utf8')).get('Action') : null;
  if (action !== null) return action;
  const search = query.size > 0 ? `?${query.toString()}` : '';
  const { restOperationName } = await import('./rest-operation-names.ts');
  const found = await restOperationName(name, request);
  const asked = `${method} ${path}${search}`;
  return found === undefined ? asked : `${found} (${asked})`;
}
