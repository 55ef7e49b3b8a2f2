/**
 * A number from 0 up to 1. The same seed, thing and count always give the same number, in whatever
 * order threads run.
 */
export function chance(seed: number, what: string, count: number): number {
  let hash = 0x811c_9dc5;
  const text = `${seed} ${what} ${count}`;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
