import { type About, aboutSchema, CONTROL_PATH } from '../simulator/control/control-schema.ts';
import { type Announcement, announcements, withdraw } from './announcement.ts';

/** On loopback an answer takes milliseconds; a simulator that works hard may take seconds. */
const LONGEST_ANSWER_MS = 10_000;

/** What listens at an address is no simulator, or one of another version. The message says which. */
export class NoSimulatorError extends Error {
  override readonly name = 'NoSimulatorError';
}

/** The newest simulator of this checkout that runs. Announcements of simulators that have ended are removed. */
export async function findSimulator(folder?: string): Promise<About | undefined> {
  for (const announcement of announcements(folder)) {
    const found = await ofAnnouncement(announcement);
    if (found) return found;
  }
  return undefined;
}

/** Undefined: it has ended, and another program may have its port. */
async function ofAnnouncement(announcement: Announcement): Promise<About | undefined> {
  try {
    const about = await simulatorAt(announcement.endpoint);
    if (about.pid === announcement.pid) return about;
  } catch (error) {
    if (!(error instanceof NoSimulatorError)) throw error;
  }
  withdraw(announcement);
  return undefined;
}

/** What the simulator at an address says about itself. Throws NoSimulatorError. */
export async function simulatorAt(endpoint: string): Promise<About> {
  const url = new URL(CONTROL_PATH, endpoint);
  let answer: Response;
  try {
    answer = await fetch(url, { signal: AbortSignal.timeout(LONGEST_ANSWER_MS) });
  } catch (error) {
    throw new NoSimulatorError(`nothing answers at ${endpoint}`, { cause: error });
  }
  const body: unknown = await answer.json().catch(() => undefined);
  const { data } = aboutSchema.safeParse(body);
  if (answer.ok && data) return data;
  throw new NoSimulatorError(
    `what answers at ${endpoint} is no simulator of Voicemail Express, or one of another version`,
  );
}
