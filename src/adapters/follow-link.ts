import { setTimeout as pause } from 'node:timers/promises';
import type { Followed } from '../steps/test-ports.ts';

const PATIENCE_MS = 20_000;
const REDIRECT = 302;
const TRY_AGAIN = 503;
const MOST_TRIES = 3;
const BETWEEN_TRIES_MS = 2_000;

/** Opens a link as a browser does: the function answers where the recording is, and S3 sends it. */
export async function followLink(url: string): Promise<Followed> {
  for (let tries = 1; ; tries += 1) {
    const followed = await followOnce(url);
    const mayPass = followed.kind === 'refused' && followed.status === TRY_AGAIN;
    if (!mayPass || tries >= MOST_TRIES) return followed;
    await pause(BETWEEN_TRIES_MS);
  }
}

async function followOnce(url: string): Promise<Followed> {
  try {
    const page = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    await page.body?.cancel();
    const place = page.headers.get('location');
    if (page.status !== REDIRECT || place === null)
      return { kind: 'refused', by: 'link', status: page.status };
    const recording = await fetch(place, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (recording.ok) return { kind: 'audio', bytes: await recording.bytes() };
    await recording.body?.cancel();
    return { kind: 'refused', by: 'storage', status: recording.status };
  } catch (error) {
    return { kind: 'unreachable', why: reasonOf(error) };
  }
}

/** fetch keeps the system's word in the cause. Neither has the link in it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.name;
}
