/** The id of a contact, and of much else: `c0ffee00-0000-4000-8000-0000000000c1`. */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Longer bodies are recordings, or parts of one. */
const LONGEST_BODY_BYTES = 256 * 1024;

/**
 * The ids in each record of an event, each once; the data of a stream's records is read too. An event
 * without records counts as one record.
 */
export function idsInEvent(payload: string): readonly (readonly string[])[] {
  const event: unknown = JSON.parse(payload);
  const records = event instanceof Object && 'Records' in event ? event.Records : undefined;
  return (Array.isArray(records) ? records : [event]).map((record: unknown) => {
    const text = JSON.stringify(record);
    const inside = base64DataIn(text).map((data) => data.toString('utf8'));
    return [...new Set([text, ...inside].flatMap((one) => one.match(ID) ?? []))];
  });
}

/** The ids in a request's path, query and body. */
export function idsInRequest({
  path,
  query,
  headers,
  rawBody,
}: {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
}): readonly string[] {
  const isRecording =
    rawBody.length > LONGEST_BODY_BYTES || headers['content-type']?.startsWith('audio/') === true;
  const body = isRecording ? '' : rawBody.toString('latin1');
  const search = [...query.values()].join(' ');
  return idsInText(`${path} ${search} ${body}`);
}

/** Each once. */
export function idsInText(text: string): readonly string[] {
  return [...new Set(text.match(ID))];
}

/**
 * The ids that a call is about: those of the request, and those of records. If the request names an id
 * that only some records have (all have the instance's, for example): of these records. Otherwise: of all
 * records.
 */
export function idsMeant(
  inEvent: readonly (readonly string[])[],
  inRequest: readonly string[],
): readonly string[] {
  const isOfAll = (id: string) => inEvent.every((ids) => ids.includes(id));
  const named = inEvent.filter((ids) => ids.some((id) => inRequest.includes(id) && !isOfAll(id)));
  return [...new Set([...(named.length > 0 ? named : inEvent).flat(), ...inRequest])];
}

/** The data of stream records is base64 in an event. */
export function base64DataIn(payload: string): readonly Buffer[] {
  const encoded = payload.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g);
  return [...encoded].map(([, data = '']) => Buffer.from(data, 'base64'));
}
