import { performance } from 'node:perf_hooks';
import { levelMeter } from '../src/domain/audio/levels.ts';

/**
 * The cost of measuring the levels of a message while it is saved: CPU per minute of audio and per sample,
 * and memory after an hour and after ten.
 *
 *     node bench/levels.ts
 */
const SAMPLES_PER_MINUTE = 60 * 8000;
/** The audio of one fragment of Amazon Connect: 16 blocks of 64 ms. */
const CHUNK_BYTES = 16_384;
const MINUTES = 25;
const ROUNDS = 7;

const audio = new Uint8Array(
  new Int16Array(CHUNK_BYTES / 2).map((_, index) => Math.imul(index + 1, 0x9e37_79b1) >> 16).buffer,
);

function listen(minutes: number, cut: number) {
  const meter = levelMeter();
  const chunk = audio.subarray(0, cut);
  for (let left = minutes * SAMPLES_PER_MINUTE * 2; left > 0; left -= cut) meter.add(chunk);
  return meter.end();
}

function measure(name: string, cut: number): void {
  listen(1, cut);
  const cpuMs = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    listen(MINUTES, cut);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).toSorted((a, b) => a - b);
  const perMinute = (cpuMs[0] ?? 0) / MINUTES;
  const perSample = (perMinute * 1e6) / SAMPLES_PER_MINUTE;
  console.log(
    `${name.padEnd(32)} ${perMinute.toFixed(2)} ms CPU per minute of audio, ${perSample.toFixed(2)} ns per sample`,
  );
}

measure('fragment by fragment', CHUNK_BYTES);
measure('in pieces of 1024 bytes', 1024);
measure('in pieces of 1023 bytes', 1023);

for (const hours of [1, 10]) {
  const startedAtMs = performance.now();
  const { waveform, windowMs } = listen(hours * 60, CHUNK_BYTES);
  const bytes = JSON.stringify(waveform).length;
  console.log(
    `${hours} h: ${waveform.length} points of ${windowMs} ms, ${bytes} bytes, ` +
      `${((performance.now() - startedAtMs) / 1000).toFixed(2)} s, RSS ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`,
  );
}
