import { type ApiAnswer, AwsError } from '../service.ts';
import { type Breach, checkValue, isRecord } from './check-value.ts';
import { isCommon } from './common-errors.ts';
import { elementsOf, fromXml, plainFrom } from './read-xml.ts';
import { type ClientModel, modelsOf } from './sdk-models.ts';
import type { Shape, Structure } from './shape.ts';

export interface AnsweredCall {
  /** The signing name. */
  readonly service: string;
  readonly operation: string;
  readonly answer: ApiAnswer;
}

/** What AWS documents, and no client for JavaScript has: a producer sends it by itself. */
const IN_NO_CLIENT: ReadonlySet<string> = new Set(['kinesisvideo PutMedia']);

/** Compares an answer with what the SDK's model says of the operation. */
export function checkAnswer(call: AnsweredCall): readonly Breach[] {
  // Another client's protocol, which says the same as JSON in bytes.
  if (call.answer.headers?.['content-type'] === 'application/cbor') return [];
  const models = modelsOf(call.service);
  const model = models.find((one) => one.operation(call.operation));
  if (model) return call.answer.status < 400 ? checkSuccess(call, model) : checkError(call, model);
  if (models.length === 0 || IN_NO_CLIENT.has(`${call.service} ${call.operation}`)) return [];
  return [{ path: '', came: 'an answer', allowed: `an operation of ${models[0]?.client}` }];
}

function checkSuccess({ operation, answer }: AnsweredCall, model: ClientModel): readonly Breach[] {
  const asked = model.operation(operation);
  if (!asked) return [];
  const output = asked.output();
  const text = wholeText(answer);
  if (model.protocol !== 'rest') {
    const value = isXml(text) ? resultIn(text, operation, output) : jsonOf(text);
    return output.kind === 'nothing'
      ? checkNothing(value)
      : checkValue(value, output, { path: '', type: '', model });
  }
  return checkRestAnswer({ answer, text, output, restStatus: asked.restStatus ?? 200, model });
}

/** What is inside of `<GetRoleResult>`. */
function resultIn(xml: string, operation: string, output: Shape): unknown {
  const response = elementsOf(xml)[`${operation}Response`];
  const result = isRecord(response) ? response[`${operation}Result`] : undefined;
  return output.kind === 'nothing' ? (result ?? '') : fromXml(result ?? '', output);
}

interface RestAnswer {
  readonly answer: ApiAnswer;
  /** Undefined: a stream. */
  readonly text: string | undefined;
  readonly output: Shape;
  readonly restStatus: number;
  readonly model: ClientModel;
}

/** Source: Smithy, "HTTP bindings". */
function checkRestAnswer({ answer, text, output, restStatus, model }: RestAnswer): readonly Breach[] {
  const fits = [restStatus, ...otherStatuses(output)].includes(answer.status);
  const status = { path: '(status)', came: String(answer.status), allowed: String(restStatus) };
  const wrongStatus = fits ? [] : [status];
  if (output.kind !== 'structure') return [...wrongStatus, ...checkNothing(jsonOf(text))];

  const bound = headersOf(answer, output);
  const payload = output.members.entries().find(([, member]) => member().traits['httpPayload']);
  const body = payload ? payloadOf(text, payload) : bodyOf(text, output);
  const value = { ...bound, ...(isRecord(body) ? body : {}) };
  return [...wrongStatus, ...checkValue(value, withoutBodyOf(output), { path: '', type: '', model })];
}

/** A part of an object has a status of its own, and some operations say their status in a member. */
function otherStatuses(output: Shape): readonly number[] {
  if (output.kind !== 'structure') return [];
  if (output.members.values().some((member) => member().traits['httpResponseCode'])) return [200, 202, 204];
  // Of an object: a part of it, or that it has not changed.
  if (output.members.has('ContentRange')) return [206, 304];
  // A restoration that begins.
  return output.members.has('RestoreOutputPath') ? [202] : [];
}

/** What is not sent as a header or in the body needs not be there, and a stream is not looked at. */
function withoutBodyOf(output: Structure): Structure {
  const isAbsent = (name: string) => {
    const shape = output.members.get(name)?.();
    return shape?.traits['httpResponseCode'] !== undefined || shape?.kind === 'bytes';
  };
  return { ...output, required: output.required.filter((name) => !isAbsent(name)) };
}

function headersOf({ headers = {} }: ApiAnswer, output: Structure): Readonly<Record<string, unknown>> {
  const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    output.members.entries().flatMap(([member, type]) => {
      const shape = type();
      const value = sent.get(String(shape.traits['httpHeader']).toLowerCase());
      if (shape.traits['httpHeader'] === undefined || value === undefined) return [];
      // The form of dates in headers is another one, which the SDK reads.
      return shape.kind === 'timestamp' ? [] : [[member, plainFrom(value, shape)] as const];
    }),
  );
}

function payloadOf(text: string | undefined, [member, type]: [string, () => Shape]): unknown {
  const shape = type();
  if (text === undefined || text === '' || shape.kind === 'bytes' || shape.kind === 'string') return {};
  return { [member]: isXml(text) ? fromXml(Object.values(elementsOf(text))[0], shape) : jsonOf(text) };
}

function bodyOf(text: string | undefined, output: Structure): unknown {
  if (!isXml(text)) return jsonOf(text);
  const [root] = Object.entries(elementsOf(text));
  // GetBucketLocation alone has its one member as the root element.
  if (root && output.members.has(root[0])) return root[1] === '' ? {} : { [root[0]]: root[1] };
  return fromXml(root?.[1], output);
}

function checkError({ operation, answer }: AnsweredCall, model: ClientModel): readonly Breach[] {
  const code = codeOf(answer);
  // HEAD has no body, so there is no code.
  if (code === undefined) return [];
  const allowed = model.errorsOf(operation);
  const status = allowed.get(code);
  if (status === answer.status || isCommon(model, code, answer.status)) return [];
  // The JSON protocols have 400 and 500, as the API references say; other statuses in models are of older protocols.
  if (status !== undefined && model.protocol === 'json' && answer.status === (status < 500 ? 400 : 500))
    return [];
  const names = [...allowed].map(([name, number]) => `${name} ${number}`).join(', ');
  return [{ path: '(error)', came: `${code} ${answer.status}`, allowed: names || 'none of its own' }];
}

function codeOf(answer: ApiAnswer): string | undefined {
  const text = wholeText(answer);
  if (!text) return undefined;
  if (!isXml(text)) {
    const body = jsonOf(text);
    // `com.amazonaws.sqs#QueueDoesNotExist`, too.
    return isRecord(body) ? String(body['__type']).replace(/^.*#/, '') : undefined;
  }
  return /<Code>([^<]+)<\/Code>/.exec(text)?.[1];
}

function checkNothing(value: unknown): readonly Breach[] {
  const isEmpty = value === '' || (isRecord(value) && Object.keys(value).length === 0);
  return isEmpty ? [] : [{ path: '', came: JSON.stringify(value).slice(0, 120), allowed: 'nothing' }];
}

function wholeText({ body = '' }: ApiAnswer): string | undefined {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : undefined;
}

function isXml(text: string | undefined): text is string {
  return text?.startsWith('<') ?? false;
}

function jsonOf(text: string | undefined): unknown {
  if (!text) return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError('InternalFailure', 500, `not JSON: ${text.slice(0, 60)}`, { cause: error });
  }
}
