import { z } from 'zod';
import {
  FLOW_TYPES,
  type FlowDocument,
  FlowDocumentError,
  type FlowType,
  parseFlow,
} from '../language/document.ts';

/** A flow or module in a file. */
export interface FlowInFile {
  /** What the file calls it, or the way to it in the file. Absent if the file is nothing but the flow. */
  readonly name?: string;
  /** What the file says, outside the flow. Absent if it says nothing that is known here. */
  readonly type?: FlowType;
  /** The flow, or why it cannot be read. */
  readonly document: FlowDocument | FlowDocumentError;
}

/** Or JSON as text of JSON. A description that has the word in it does not begin so. */
const LOOKS_LIKE_JSON = /^\s*"?[{[]/;

/** Way below what any template nests. */
const DEEPEST = 40;

/**
 * The flows in a file: flow language, an answer of DescribeContactFlow, a CloudFormation template, what `terraform
 * show -json` writes, or other JSON with flows in it, as objects or as text. Empty for other JSON.
 *
 * Throws FlowDocumentError, with the way out, for text that is no JSON, and for exports of the older designer.
 */
export function readFlows(text: string): readonly FlowInFile[] {
  const value = jsonIn(text);
  if (isOlderExport(value)) throw new FlowDocumentError(OLDER_EXPORT);
  return [...flowsIn(value, { path: [], depth: 0 })];
}

/** The text of a file: UTF-8 or UTF-16, with or without a byte order mark. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    (first === 0xff && second === 0xfe) || second === 0
      ? 'utf-16le'
      : (first === 0xfe && second === 0xff) || first === 0
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

interface Place {
  readonly path: readonly string[];
  readonly depth: number;
  readonly type?: FlowType | undefined;
  readonly name?: string | undefined;
}

function* flowsIn(value: unknown, place: Place): Generator<FlowInFile> {
  if (place.depth > DEEPEST) return;
  if (typeof value === 'string') yield* flowsInText(value, place);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* flowsIn(item, below(place, `[${index}]`));
  } else if (isRecord(value)) yield* flowsInObject(value, place);
}

function* flowsInText(text: string, place: Place): Generator<FlowInFile> {
  if (!LOOKS_LIKE_JSON.test(text) || !text.includes('"Actions"')) return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    yield found(new FlowDocumentError('not a flow: its content is no JSON', { cause: error }), place);
    return;
  }
  yield* flowsIn(value, { ...place, depth: place.depth + 1 });
}

function* flowsInObject(value: Record<string, unknown>, place: Place): Generator<FlowInFile> {
  if (isFlowLike(value)) {
    yield found(documentIn(JSON.stringify(value)), place);
    return;
  }
  const substituted = textOfFunction(value);
  if (substituted !== undefined) {
    yield* flowsInText(substituted, place);
    return;
  }
  const around = { ...place, ...typeSaidBy(value, place) };
  for (const [key, item] of Object.entries(value)) {
    const inside = below(around, key);
    yield* flowsIn(item, { ...inside, ...(isModuleKey(key) && { type: 'MODULE' }) });
  }
}

function found(document: FlowInFile['document'], { path, type, name }: Place): FlowInFile {
  const called = name ?? (path.length === 0 ? undefined : path.join('.'));
  return { document, ...(called !== undefined && { name: called }), ...(type && { type }) };
}

function below(place: Place, key: string): Place {
  return { ...place, path: [...place.path, key], depth: place.depth + 1 };
}

/** The type and name beside a flow's content: in an API's answer, a resource's properties, a plan's values. */
function typeSaidBy(value: Record<string, unknown>, before: Place): Pick<Place, 'type' | 'name'> {
  const { Type: kind = value['type'], Name: name = value['name'] } = value;
  const isModule = kind === 'AWS::Connect::ContactFlowModule' || kind === 'aws_connect_contact_flow_module';
  const type = isModule ? 'MODULE' : (FLOW_TYPES.find((known) => known === kind) ?? before.type);
  return { type, name: typeof name === 'string' ? name : before.name };
}

function isModuleKey(key: string): boolean {
  return key === 'ContactFlowModule' || key === 'aws_connect_contact_flow_module';
}

const Sub = z.union([z.string(), z.tuple([z.string()], z.unknown()).transform(([text]) => text)]);
const Join = z.tuple([z.string(), z.array(z.unknown())]);

/** The text that CloudFormation makes of a function, with `${…}` for what it fills in. */
function textOfFunction(value: Record<string, unknown>): string | undefined {
  const { 'Fn::Sub': sub, 'Fn::Join': join } = value;
  if (sub !== undefined) return Sub.safeParse(sub).data;
  const { data: parts } = Join.safeParse(join);
  if (!parts) return undefined;
  const [between, pieces] = parts;
  return pieces.map((piece) => (typeof piece === 'string' ? piece : '${filled in}')).join(between);
}

function isFlowLike(value: Record<string, unknown>): boolean {
  return Array.isArray(value['Actions']) && ('StartAction' in value || value['Version'] === '2019-10-30');
}

function documentIn(json: string): FlowInFile['document'] {
  try {
    return parseFlow(json);
  } catch (error) {
    if (error instanceof FlowDocumentError) return error;
    throw error;
  }
}

const DESCRIBE =
  'aws connect describe-contact-flow --instance-id … --contact-flow-id … > flow.json (for a module ' +
  'describe-contact-flow-module)';
const OLDER_EXPORT =
  'an export of the older flow designer, which is not in the flow language. Import it in Amazon Connect, publish it, ' +
  `and check what Connect made of it: ${DESCRIBE}`;
const YAML =
  'a CloudFormation template in YAML, which is not read here. Deploy it and run ' +
  `${DESCRIBE}; or check the template as JSON, as the CDK writes it into cdk.out`;
const TERRAFORM =
  'Terraform, which is not read here. Check the plan: terraform plan -out plan, then terraform show -json plan > ' +
  'plan.json';

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FlowDocumentError(whatElse(text) ?? `not a flow: no JSON${reasonIn(error)}`, { cause: error });
  }
}

function whatElse(text: string): string | undefined {
  if (/^\s*resource\s+"aws_connect_/m.test(text)) return TERRAFORM;
  return /^\s*Type:\s*["']?AWS::Connect::ContactFlow/m.test(text) ? YAML : undefined;
}

function reasonIn(error: unknown): string {
  return error instanceof SyntaxError ? `: ${error.message}` : '';
}

function isOlderExport(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value['modules']) && 'start' in value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
