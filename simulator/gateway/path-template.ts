/**
 * The labels of a request path, percent-decoded. Undefined if the path does not fit the template.
 *
 * `template` is as AWS writes it: `/contacts/{InstanceId}/{ContactId}`. A label is
 * one part of the path; a slash within its value arrives encoded, as in an ARN.
 * `path` is as sent, still percent-encoded.
 */
export function pathParams(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;

  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decoded(given[index] ?? '');
    if (value === undefined) return undefined;
    const label = /^\{(.+)\}$/.exec(part)?.[1];
    if (label === undefined) {
      if (part !== value) return undefined;
    } else {
      if (value === '') return undefined;
      params[label] = value;
    }
  }
  return params;
}

/** Undefined when the encoding is broken: no template fits such a path. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
