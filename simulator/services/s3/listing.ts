import { invalidArgument } from './errors.ts';

/** Source: Amazon S3 API Reference: the most that one answer lists. */
const MOST = 1000;

/** Something in a list: it has a key, and an id among those of the same key. */
export interface Listed {
  readonly key: string;
  readonly id: string;
}

/**
 * The part of a list that a request asks for, by the markers of the last one that was answered before. `all` is in the
 * order of the list.
 */
export function pageAfter<Item extends Listed>(
  all: readonly Item[],
  { key, id, most }: { key: string | null; id: string | null; most: string | null },
): { readonly page: readonly Item[]; readonly next: Listed | undefined } {
  const size = Math.min(Number(most ?? MOST), MOST);
  if (!Number.isInteger(size) || size < 1) {
    throw invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', most ?? '');
  }
  const rest = all.slice(startOf(all, key ?? '', id));
  const page = rest.slice(0, size);
  return { page, next: rest.length > size ? page.at(-1) : undefined };
}

/** What the markers name may be gone. */
function startOf(all: readonly Listed[], key: string, id: string | null): number {
  if (key === '') return 0;
  const named = id === null ? -1 : all.findIndex((one) => one.key === key && one.id === id);
  if (named >= 0) return named + 1;
  const later = all.findIndex((one) => Buffer.compare(Buffer.from(one.key), Buffer.from(key)) > 0);
  return later < 0 ? all.length : later;
}

/** In the order of the keys' UTF-8 bytes; those of one key stay as they are. */
export function byKey<Item extends { readonly key: string }>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, bytes: Buffer.from(item.key) }))
    .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ item }) => item);
}

/** The parts after a number. Throws AwsError InvalidArgument. */
export function numberedPage<Part extends { readonly number: number }>(
  parts: readonly Part[],
  { marker, most }: { marker: string | null; most: string | null },
) {
  const [after, size] = [Number(marker ?? 0), Math.min(Number(most ?? MOST), MOST)];
  if (!Number.isInteger(after) || after < 0) {
    throw invalidArgument(
      'Argument part-number-marker must be an integer',
      'part-number-marker',
      marker ?? '',
    );
  }
  if (!Number.isInteger(size) || size < 1) {
    throw invalidArgument('Argument max-parts must be an integer', 'max-parts', most ?? '');
  }
  const rest = parts.filter(({ number }) => number > after);
  const page = rest.slice(0, size);
  const isTruncated = rest.length > size;
  return {
    page,
    told: {
      PartNumberMarker: after,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: size,
      IsTruncated: String(isTruncated),
    },
  };
}
