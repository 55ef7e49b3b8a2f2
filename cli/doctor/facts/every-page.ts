import type { Look } from '../look.ts';
import { unlessGone } from './unless-gone.ts';

/**
 * All pages of a list, one call each. `pages`: of a `paginate…` function of the SDK. Empty if the instance
 * does not exist, which another check reports. Throws Unseen as `look.ask` does.
 */
export async function everyPage<Page>(
  look: Look,
  permission: string,
  pages: AsyncIterator<Page>,
): Promise<readonly Page[]> {
  const read: Page[] = [];
  for (;;) {
    const page = await nextPage(look, permission, pages);
    if (page === undefined) return read;
    read.push(page);
  }
}

/** The next page of a list. Undefined after the last one. */
export async function nextPage<Page>(
  look: Look,
  permission: string,
  pages: AsyncIterator<Page>,
): Promise<Page | undefined> {
  const next = await unlessGone(look.ask(permission, () => pages.next()));
  return next === undefined || next.done === true ? undefined : next.value;
}
