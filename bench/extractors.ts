import type { Sink, Extractor } from './extractor.ts';
import { wavHeader } from '../src/domain/audio/wav.ts';
import { readCallerAudio } from '../src/steps/read-caller-audio.ts';
import { type LongCall, wholeMedia } from './long-call.ts';

export const EXTRACTORS = ['nothing', 'copy', 'ours', 'ts-ebml', 'ebml-stream'] as const;
export type ExtractorName = (typeof EXTRACTORS)[number];

/** A process loads nothing but what it measures: libraries have weight too. */
export async function loadExtractor(name: ExtractorName): Promise<Extractor> {
  switch (name) {
    case 'nothing':
      return async () => {};
    case 'copy':
      return copy;
    case 'ours':
      return ours;
    case 'ts-ebml':
      return (await import('./with-ts-ebml.ts')).withTsEbml;
    case 'ebml-stream':
      return (await import('./with-ebml-stream.ts')).withEbmlStream;
  }
}

/** The whole of `save-recording` between the network and S3: fragments asked for in batches, WAV bytes out. */
async function ours({ media, ...call }: LongCall, sink: Sink): Promise<void> {
  const request = {
    ...call,
    streamArn: 'arn',
    losses: { fragmentCount: 0, damage: undefined, isSeamless: true },
  };
  let nowMs = 0;
  const ports = {
    readFragments: (_: string, numbers: readonly string[]) => media(numbers),
    // The pace that the service asks for costs no CPU, and no time here.
    wait: async (delayMs: number) => void (nowMs += delayMs),
    now: () => nowMs,
  };
  let pcmBytes = 0;
  for await (const pcm of readCallerAudio(request, ports)) {
    pcmBytes += pcm.length;
    sink(pcm);
  }
  sink(wavHeader(pcmBytes));
}

async function copy(call: LongCall, sink: Sink): Promise<void> {
  const target = new Uint8Array(65_536);
  for await (const chunk of wholeMedia(call)) {
    target.set(chunk);
    sink(target);
  }
}
