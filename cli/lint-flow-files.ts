import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FlowDocumentError, type FlowType } from '../flows/language/document.ts';
import type { Finding } from '../flows/lint/finding.ts';
import { lintFlow } from '../flows/lint/lint-flow.ts';
import { decodeText, type FlowInFile, readFlows } from '../flows/lint/read-flows.ts';
import { InputError } from './command.ts';

/** What was found in one flow of a file, or why the file or flow could not be read. */
export interface CheckedFlow {
  readonly file: string;
  /** The flow's name, or its place in the file. Absent if the file is nothing but the flow. */
  readonly flow?: string;
  readonly findings: readonly Finding[];
  /** Absent: it was read. */
  readonly unreadable?: string;
}

export interface CheckOptions {
  /** Absent: what each file says, or its actions allow. */
  readonly type: FlowType | undefined;
  /** Names of attributes that are not to be reported. */
  readonly attributes: readonly string[];
}

/** Kinds of files in which flows are looked for in a folder. */
const KINDS = new Set(['.json', '.template', '.tf', '.yaml', '.yml']);
const LEFT_OUT = /^(?:\.|node_modules$)/;

/**
 * Checks every flow in a file, or in all files of a folder. Files of a folder without flows are left out.
 * Throws InputError if the file or folder does not exist, or the folder has no flow in it.
 */
export function checkPath(path: string, options: CheckOptions): readonly CheckedFlow[] {
  if (!isFolder(path)) return checkFile(path, options) ?? [unreadable(path, 'there is no flow in it')];
  const checked = filesIn(path).flatMap((file) =>
    looksLikeFlow(textOf(file)) ? (checkFile(file, options) ?? []) : [],
  );
  if (checked.length === 0) throw new InputError(`${path}: there is no file with a flow in this folder`);
  return checked;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (LEFT_OUT.test(entry.name)) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return entry.isFile() && KINDS.has(extname(entry.name)) ? [path] : [];
    });
}

/** A folder has much else in it that is no JSON. */
function looksLikeFlow(text: string): boolean {
  return /StartAction|AWS::Connect::ContactFlow|aws_connect_contact_flow|"modules"\s*:\s*\[/.test(text);
}

/** Undefined: there is no flow in it. */
function checkFile(file: string, options: CheckOptions): readonly CheckedFlow[] | undefined {
  const text = textOf(file);
  try {
    const flows = readFlows(text);
    return flows.length === 0 ? undefined : flows.map((flow) => checkFlow(file, flow, options));
  } catch (error) {
    if (!(error instanceof FlowDocumentError)) throw error;
    return [unreadable(file, error.message)];
  }
}

function checkFlow(file: string, flow: FlowInFile, { type, attributes }: CheckOptions): CheckedFlow {
  const { document, name, type: said } = flow;
  const where = { file, ...(name !== undefined && { flow: name }) };
  if (document instanceof FlowDocumentError) {
    return { ...where, findings: [], unreadable: document.message };
  }
  const known = type ?? said;
  return {
    ...where,
    findings: lintFlow({ name: file, document, known: { attributes }, ...(known && { type: known }) }),
  };
}

function unreadable(file: string, why: string): CheckedFlow {
  return { file, findings: [], unreadable: why };
}

function isFolder(path: string): boolean {
  return reading(path, () => statSync(path).isDirectory());
}

function textOf(file: string): string {
  return reading(file, () => decodeText(readFileSync(file)));
}

function reading<Read>(path: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? 'there is no such file' : `cannot be read (${String(error)})`;
    throw new InputError(`${path}: ${why}`, { cause: error });
  }
}
