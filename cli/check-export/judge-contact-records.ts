import { z } from 'zod';
import { type Finding, readContactRecord } from '../../src/domain/contact-record.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import type { JsonDocument } from './json-documents.ts';
import { type Judgment, ok, refused, type Remark, warning } from './judgment.ts';

const Record = z.looseObject({ ContactId: z.unknown() });
/** Members that only contact records have beside it: other things have a contact's id too. */
const TELLING = ['AWSContactTraceRecordFormatVersion', 'InstanceARN', 'InitiationTimestamp'];

/** An event of Lambda for Kinesis or Firehose, or the answer of GetRecords: each has the data in base64. */
const Event = z.union([
  z
    .object({ Records: z.array(z.object({ kinesis: z.object({ data: z.string() }) })).min(1) })
    .transform(({ Records }) => Records.map(({ kinesis }) => kinesis.data)),
  z
    .object({ Records: z.array(z.object({ Data: z.string() })).min(1) })
    .transform(({ Records }) => Records.map(({ Data }) => Data)),
  z
    .object({ records: z.array(z.object({ data: z.string() })).min(1) })
    .transform(({ records }) => records.map(({ data }) => data)),
]);

/** A record of Kinesis has 1 MiB at most. */
const LONGEST_BASE64_CHARS = 1_500_000;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}$/;

/**
 * The contact records in a file, each as the product would get it: one, several, or in base64. Undefined if there are
 * none.
 */
export function recordsIn(documents: readonly JsonDocument[], text: string): readonly string[] | undefined {
  if (documents.length === 0) return isBase64(text.trim()) ? recordsAmong([decoded(text)]) : undefined;
  const texts = documents.flatMap(({ text: own, value }) => {
    if (Array.isArray(value)) return value.map((item) => JSON.stringify(item));
    const event = Event.safeParse(value);
    return event.success ? event.data.map(decoded) : [own];
  });
  return recordsAmong(texts);
}

/** All of them if one is a contact record: what stands beside it came the same way. */
function recordsAmong(texts: readonly string[]): readonly string[] | undefined {
  return texts.some((text) => isRecord(parsed(text))) ? texts : undefined;
}

function isRecord(value: unknown): boolean {
  const record = Record.safeParse(value);
  return record.success && TELLING.some((name) => Object.hasOwn(record.data, name));
}

function isBase64(text: string): boolean {
  return text.length <= LONGEST_BASE64_CHARS && BASE64.test(text);
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** As the function that gets contact records from Kinesis reads them, for the instance that each names. */
export function judgeContactRecords(records: readonly string[]): Judgment {
  return { kind: 'contact record', remarks: records.map(onRecord) };
}

function onRecord(json: string): Remark {
  const { data } = z.object({ InstanceARN: z.string() }).safeParse(parsed(json));
  try {
    return inWords(readContactRecord(json, { instanceArn: data?.InstanceARN ?? '', language: 'en-US' }));
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return refused(error.message);
  }
}

function inWords(finding: Finding): Remark {
  switch (finding?.kind) {
    case undefined:
      return ok('a contact without a voicemail');
    case 'task-ended':
      return ok('the end of a task of ours');
    case 'passed-over':
      return warning(`has the flag of a voicemail and is none: ${finding.reason}`);
    case 'voicemail':
      return finding.voicemail.recording
        ? ok('a voicemail')
        : warning('a voicemail, and no recording that can be used');
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
