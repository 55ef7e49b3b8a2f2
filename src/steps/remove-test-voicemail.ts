import type { Leftovers, NotedTest } from '../domain/test-voicemail.ts';
import type { TestWork } from './test-ports.ts';

type RemovingWork = Pick<TestWork, 'probe' | 'source' | 'ledger' | 'refusalIn' | 'wait' | 'clock'>;

/** What has to be removed. */
export interface MadeTest {
  /** Undefined until the test is noted. */
  noted?: NotedTest;
  /** The contact that the voicemail belongs to, then its task. */
  readonly contactIds: string[];
}

const BETWEEN_LOOKS_MS = 1_000;
/** A delivery that has begun takes a second or two. */
const LONGEST_DELIVERY_MS = 20_000;

/**
 * Removes all of a test voicemail. The recording goes first: without it, an event that comes twice or late starts
 * nothing. The entry of the ledger and the note of the test go last, so that what cannot be removed can be found.
 * `isOver`: it is at its end; else the note stays, and another run removes what has come late. Returns what
 * could not be removed, a sentence each.
 */
export async function removeTestVoicemail(
  { noted, contactIds }: MadeTest,
  { isOver }: { readonly isOver: boolean },
  work: RemovingWork,
): Promise<readonly string[]> {
  const { probe, source, refusalIn } = work;
  const left: string[] = [];
  const remove = async (what: string, removing: () => Promise<void>) => {
    try {
      await removing();
    } catch (error) {
      left.push(`${what}: ${refusalIn(error) ?? (error instanceof Error ? error.message : String(error))}`);
    }
  };
  if (noted) {
    await remove('recording and transcript', () => probe.removeObjects(noted));
    const { contactId } = noted;
    await remove(`what ${contactId} was put in with`, () => source.remove(contactId));
    if (!isOver) await remove('its task', () => addTask(contactId, contactIds, work));
  }
  for (const contactId of contactIds.toReversed()) {
    await remove(`the contact ${contactId}`, () => probe.endContact(contactId));
  }
  if (!noted) return left;
  const { contactId } = noted;
  await remove(`the transcription job of ${contactId}`, () => probe.removeJob(contactId));
  if (!isOver) await remove('recording and transcript', () => probe.removeObjects(noted));
  await remove(`the ledger’s entry of ${contactId}`, () => probe.removeEntry(contactId));
  if (isOver && left.length === 0) await remove('the note of it', () => probe.forgetTest(noted));
  return [...new Set(left)];
}

/** A delivery that is under way makes a task that nobody else would end. */
async function addTask(
  contactId: string,
  contactIds: string[],
  { ledger, wait, clock }: RemovingWork,
): Promise<void> {
  const startMs = clock();
  for (;;) {
    const entry = await ledger.find(contactId);
    const { deliveredAs, deliveredId, state } = entry ?? {};
    if (deliveredId !== undefined && deliveredAs !== 'email' && !contactIds.includes(deliveredId)) {
      contactIds.push(deliveredId);
    }
    if (state !== 'delivering' || deliveredId !== undefined) return;
    if (clock() - startMs >= LONGEST_DELIVERY_MS) return;
    await wait(BETWEEN_LOOKS_MS);
  }
}

/** Longer than a test may take: a younger one may be under way. */
const CERTAINLY_OVER_MS = 15 * 60_000;

/**
 * Removes what earlier tests have left behind, because they were broken off or could not remove it. `isOurs`: which of
 * them.
 */
export async function removeLeftovers(
  isOurs: (test: NotedTest) => boolean,
  work: RemovingWork,
): Promise<Leftovers> {
  const { probe } = work;
  const tests = (await probe.listTests()).filter(isOurs);
  const old = tests.filter(({ calledAtMs }) => probe.now() - calledAtMs > CERTAINLY_OVER_MS);
  const left: string[] = [];
  for (const noted of old) {
    const made: MadeTest = { noted, contactIds: [noted.contactId] };
    await addTask(noted.contactId, made.contactIds, work);
    left.push(...(await removeTestVoicemail(made, { isOver: true }, work)));
  }
  return { removed: old.length, young: tests.length - old.length, left };
}
