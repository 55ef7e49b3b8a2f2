import { XMLBuilder } from 'fast-xml-parser';
import type { ApiAnswer, ApiRequest, AwsError, Permission, Service } from '../service.ts';

/** One operation of a service that speaks AWS Query. */
export interface QueryOperation {
  /** As AWS spells it: `DescribeStacks`. */
  readonly name: string;
  readonly needs: (input: URLSearchParams) => readonly Permission[];
  /** Returns the content of `<DescribeStacksResult>`: a list is an object with its items under `member`. */
  readonly answer: (input: URLSearchParams, request: ApiRequest) => Result | Promise<Result>;
}

type Result = Readonly<Record<string, unknown>>;

const XML = { 'content-type': 'text/xml' };
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

/**
 * A service that speaks AWS Query: `POST /`, a form with `Action` and `Version` in, XML out.
 * Source: Smithy, "AWS query protocol".
 */
export function queryService({
  name,
  version,
  namespace,
  operations,
}: {
  name: string;
  version: string;
  namespace: string;
  operations: readonly QueryOperation[];
}): Service {
  return {
    name,
    operations: operations.map((operation) => operation.name),
    find(request) {
      const input = formIn(request);
      if (input.get('Version') !== version) return undefined;
      const operation = operations.find((one) => one.name === input.get('Action'));
      return (
        operation && {
          name: operation.name,
          needs: (asked) => operation.needs(formIn(asked)),
          answer: async (asked) => ({
            status: 200,
            headers: XML,
            body: builder.build({
              [`${operation.name}Response`]: {
                '@xmlns': namespace,
                [`${operation.name}Result`]: await operation.answer(formIn(asked), asked),
                ResponseMetadata: { RequestId: asked.requestId },
              },
            }),
          }),
        }
      );
    },
    errorAnswer: (error, request) => queryError(error, request, name),
  };
}

/** Whether a client speaks AWS Query. */
export function isForm({ headers }: Pick<ApiRequest, 'headers'>): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/** An error for a client that speaks AWS Query, or REST-XML of a service that is not S3. */
export function queryError(error: AwsError, request: ApiRequest, serviceName: string): ApiAnswer {
  const version = isForm(request) ? (formIn(request).get('Version') ?? '') : '';
  const namespace = `https://${serviceName}.amazonaws.com/doc/${version}/`;
  return {
    status: error.status,
    headers: XML,
    body: builder.build({
      ErrorResponse: { '@xmlns': namespace, Error: describe(error), RequestId: request.requestId },
    }),
  };
}

/** A list as a form has it: `ActionNames.member.1=…&ActionNames.member.2=…`. */
export function listIn(input: URLSearchParams, name: string): readonly string[] {
  const items: string[] = [];
  for (let index = 1; ; index += 1) {
    const item = input.get(`${name}.member.${index}`);
    if (item === null) return items;
    items.push(item);
  }
}

/** Query says `AccessDenied` and `ExpiredToken` where the JSON protocols say `AccessDeniedException`. */
const WITHOUT_EXCEPTION = ['AccessDeniedException', 'ExpiredTokenException'];

function describe({ code, status, message }: AwsError): Record<string, string> {
  return {
    Type: status < 500 ? 'Sender' : 'Receiver',
    Code: WITHOUT_EXCEPTION.includes(code) ? code.replace('Exception', '') : code,
    Message: message,
  };
}

function formIn({ method, body }: ApiRequest): URLSearchParams {
  return new URLSearchParams(method === 'POST' ? body.toString('utf8') : '');
}
