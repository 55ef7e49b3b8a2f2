import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { RecognizerUnavailableError } from './recognizer.ts';

/** Files of the optional packages. They contain the weights: nothing is downloaded later. */
export interface RecognizerFiles {
  readonly encoder: string;
  readonly decoder: string;
  readonly voiceActivity: string;
}

/** Needed too; imported by name once it is known to be installed. */
const IMPORTED_PACKAGES = ['onnxruntime-web', 'llama-tokenizer-js'] as const;

/**
 * Where the models are: Moonshine base (English, 8-bit weights, 63 MB) and Silero VAD.
 *
 * `installedFor` is the file from which packages are looked up. Throws RecognizerUnavailableError if one of
 * them is absent.
 */
export function recognizerFiles(installedFor: string): RecognizerFiles {
  for (const name of IMPORTED_PACKAGES) packageFolder(name, installedFor);
  const moonshine = join(
    packageFolder('@usefulsensors/moonshine-js', installedFor),
    'dist/model/base/quantized',
  );
  const silero = join(packageFolder('@ricky0123/vad-web', installedFor), 'dist');
  return {
    encoder: join(moonshine, 'encoder_model.onnx'),
    decoder: join(moonshine, 'decoder_model_merged.onnx'),
    voiceActivity: join(silero, 'silero_vad_v5.onnx'),
  };
}

function packageFolder(name: string, installedFor: string): string {
  try {
    return dirname(findPackageJSON(name, installedFor) ?? '');
  } catch (error) {
    const message = `transcription unavailable: run npm ci with optional packages (${name} is not installed)`;
    throw new RecognizerUnavailableError(message, { cause: error });
  }
}
