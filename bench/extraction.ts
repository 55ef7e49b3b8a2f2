import type { Extractor } from './extractor.ts';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { connectCall } from '../test/kvs-payload.ts';
import { EXTRACTORS, type ExtractorName, loadExtractor } from './extractors.ts';
import { inMemory, type LongCall, longCall } from './long-call.ts';

/**
 * The cost of extracting a caller's voice from the media of a call: CPU, warm and in one process, and peak
 * memory, each in a process of its own. For comparison, the same bytes are only copied, and two libraries do
 * the same job.
 *
 * A process that has read an hour is larger than one that has read a minute, however long the messages:
 * there is more garbage and more compiled code. So a peak is also compared with the peak for as much audio
 * in messages of one minute.
 *
 *     node bench/extraction.ts [runs]
 */
const MINUTES = [1, 5, 25, 60] as const;
const TRACKS = ['caller', 'caller, agent'] as const;
const LIBRARIES: readonly ExtractorName[] = ['ts-ebml', 'ebml-stream'];
const TIMED = EXTRACTORS.filter((name) => name !== 'nothing');
const MIB = 1024 * 1024;
/** A run is as many extractions as have this much media: the CPU clock is too coarse for less. */
const LEAST_RUN_BYTES = 16 * MIB;
/** When V8 collects garbage, and how much it has let pile up until then, differs from run to run. */
const PEAK_RUNS = 5;

interface Case {
  readonly minutes: number;
  readonly tracks: (typeof TRACKS)[number];
}

const CASES: readonly Case[] = TRACKS.flatMap((tracks) => MINUTES.map((minutes) => ({ minutes, tracks })));

async function main([first = '7', ...rest]: readonly string[]): Promise<void> {
  if (first === '--peak') return printPeak(rest);
  const runs = Number(first);
  await verify();
  const extractors = await Promise.all(
    TIMED.map(async (name) => ({ name, extract: await loadExtractor(name) })),
  );

  console.log(
    'message            extraction    CPU ms per minute: least  median   MiB per CPU s   peak RSS MiB   / 1 min   / as much in messages of 1 min',
  );
  for (const tracks of TRACKS) {
    const peaksAtFirst = new Map<ExtractorName, number>();
    for (const minutes of MINUTES) {
      const call = inMemory(longCall({ minutes, tracks }));
      const cpu = await cpuSeconds(call, extractors, runs);
      for (const name of EXTRACTORS) {
        const peak = peakMib({ minutes, tracks }, name);
        peaksAtFirst.set(name, peaksAtFirst.get(name) ?? peak);
        const growths = [
          peak / (peaksAtFirst.get(name) ?? peak),
          peak / peakMib({ minutes: 1, tracks }, name, minutes),
        ];
        console.log(row({ minutes, tracks }, name, call, cpu.get(name) ?? [], peak, growths));
      }
      const least = (name: ExtractorName) => Math.min(...(cpu.get(name) ?? []));
      const library = Math.min(...LIBRARIES.map(least));
      const ofCopy = (least('ours') / least('copy')).toFixed(1);
      const ofLibrary = (least('ours') / library).toFixed(2);
      console.log(
        `${''.padEnd(19)}ours is ${ofCopy} x the copy and ${ofLibrary} of the best library's CPU\n`,
      );
    }
  }
  await chunkSizes();
}

/** Every extractor must give every sample of a call in which no two are alike, and no others. */
async function verify(): Promise<void> {
  for (const { tracks } of CASES.filter(({ minutes }) => minutes === 1)) {
    const contactId = 'c0ffee00-0000-4000-8000-0000000000c1';
    const startMs = 1_772_632_824_310;
    const { payloads, pcm, fragmentNumbers } = connectCall({ contactId, fragments: 300, tracks, startMs });
    const call: LongCall = {
      contactId,
      fragmentNumbers,
      startMs,
      stopMs: startMs + 300 * 1024,
      sizeBytes: 0,
      pcmBytes: pcm.length,
      async *media(numbers) {
        for (const number of numbers) yield new Uint8Array(payloads.get(number) ?? []);
      },
    };
    for (const name of ['ours', ...LIBRARIES] as const) {
      const hash = createHash('sha256');
      const extract = await loadExtractor(name);
      await extract(call, (bytes) => void (isHeader(bytes) || hash.update(bytes)));
      assert.equal(hash.digest('hex'), createHash('sha256').update(pcm).digest('hex'), `${name}, ${tracks}`);
    }
  }
}

const isHeader = (bytes: Uint8Array) => bytes.length === 44;

async function cpuSeconds(
  call: LongCall,
  extractors: readonly { name: ExtractorName; extract: Extractor }[],
  runs: number,
): Promise<Map<ExtractorName, number[]>> {
  const seconds = new Map<ExtractorName, number[]>(extractors.map(({ name }) => [name, []]));
  const times = Math.max(1, Math.round(LEAST_RUN_BYTES / call.sizeBytes));
  for (let run = -1; run < runs; run++) {
    for (const { name, extract } of extractors) {
      const before = process.cpuUsage();
      let extracted = 0;
      for (let i = 0; i < times; i++) await extract(call, (bytes) => void (extracted += bytes.length));
      const { user, system } = process.cpuUsage(before);
      assert.ok(extracted >= times * call.pcmBytes, name);
      if (run >= 0) seconds.get(name)?.push((user + system) / 1e6 / times);
    }
  }
  return seconds;
}

/** The peak memory of a process that reads so many of these messages, one after the other. */
function peakMib({ minutes, tracks }: Case, name: ExtractorName, messages = 1): number {
  const args = ['bench/extraction.ts', '--peak', name, String(minutes), tracks, String(messages)];
  const peaks = Array.from({ length: PEAK_RUNS }, () =>
    Number(execFileSync(process.execPath, args, { encoding: 'utf8' })),
  );
  return median(peaks);
}

async function printPeak([name, minutes, tracks, messages]: readonly string[]): Promise<void> {
  const call = longCall({
    minutes: Number(minutes),
    tracks: tracks === 'caller' ? tracks : 'caller, agent',
  });
  const extract = await loadExtractor(EXTRACTORS.find((known) => known === name) ?? 'nothing');
  for (let i = 0; i < Number(messages); i++) await extract(call, () => {});
  // Not resourceUsage().maxRSS: a child begins that with its parent's.
  const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  console.log(Number(kib) / 1024);
}

function row(
  { minutes, tracks }: Case,
  name: ExtractorName,
  { sizeBytes }: LongCall,
  cpu: readonly number[],
  peak: number,
  growths: readonly number[],
): string {
  const perMinute = (seconds: number) => ((seconds * 1000) / minutes).toFixed(3);
  const isTimed = cpu.length > 0;
  return [
    `${minutes} min, ${tracks === 'caller' ? 'one track' : 'two tracks'}`.padEnd(19),
    name.padEnd(14),
    (isTimed ? perMinute(Math.min(...cpu)) : '').padStart(24),
    (isTimed ? perMinute(median(cpu)) : '').padStart(8),
    (isTimed ? (sizeBytes / MIB / Math.min(...cpu)).toFixed(0) : '').padStart(16),
    peak.toFixed(1).padStart(15),
    ...growths.map((growth) => growth.toFixed(2).padStart(10)),
  ].join('');
}

async function chunkSizes(): Promise<void> {
  const extract = await loadExtractor('ours');
  for (const chunkBytes of [256, 1024, 4096, 16_384, 65_536]) {
    const call = inMemory(longCall({ minutes: 5, tracks: 'caller, agent', chunkBytes }));
    const cpu = await cpuSeconds(call, [{ name: 'ours', extract }], 7);
    const speed = call.sizeBytes / 1e9 / Math.min(...(cpu.get('ours') ?? []));
    console.log(
      `ours, in chunks of ${String(chunkBytes).padStart(6)} bytes: ${speed.toFixed(2)} GB per CPU s`,
    );
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

await main(process.argv.slice(2));
