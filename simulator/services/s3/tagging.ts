import { AwsError } from '../../service.ts';
import type { Tags } from './bucket.ts';
import { invalidArgument } from './errors.ts';
import { childrenOf, parseXml, requireText, s3Xml } from './xml.ts';

const MOST_TAGS = 10;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;
const ALLOWED = /^[\p{L}\p{N}\p{Z}+\-=._:/@]*$/u;

/** The tags in an `x-amz-tagging` header: `k1=v1&k2=v2`, encoded as a query is. */
export function parseTaggingHeader(header: string | undefined): Tags {
  if (header === undefined) return {};
  const pairs = [...new URLSearchParams(header)];
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
    throw invalidArgument(message, 'x-amz-tagging', header);
  }
  return checked(pairs);
}

/** The tags in a PutObjectTagging body. */
export function parseTaggingBody(body: Buffer): Tags {
  const [set = {}] = childrenOf(parseXml(body, 'Tagging'), 'TagSet');
  const pairs = childrenOf(set, 'Tag').map(
    (tag) => [requireText(tag, 'Key'), requireText(tag, 'Value')] as const,
  );
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) {
    throw new AwsError('InvalidTag', 400, 'Cannot provide multiple Tags with the same key');
  }
  return checked(pairs);
}

export function taggingXml(tags: Tags): string {
  return s3Xml('Tagging', { TagSet: { Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } });
}

/** Source: Amazon S3 User Guide, "Categorizing your objects using tags". */
function checked(pairs: readonly (readonly [string, string])[]): Tags {
  if (pairs.length > MOST_TAGS)
    throw new AwsError('BadRequest', 400, 'Object tags cannot be greater than 10');
  for (const [key, value] of pairs) {
    if (key === '' || key.length > LONGEST_KEY || !ALLOWED.test(key)) {
      throw new AwsError('InvalidTag', 400, 'The TagKey you have provided is invalid', { TagKey: key });
    }
    if (value.length > LONGEST_VALUE || !ALLOWED.test(value)) {
      throw new AwsError('InvalidTag', 400, 'The TagValue you have provided is invalid', { TagKey: key });
    }
  }
  return Object.fromEntries(pairs);
}
