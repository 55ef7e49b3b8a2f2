import type { FunctionSettings } from './function-settings.ts';
import type { Outcome } from './worker-messages.ts';

interface Invocation {
  readonly settings: Pick<FunctionSettings, 'arn' | 'environment' | 'memoryMb'>;
  readonly requestId: string;
  readonly nowMs: number;
}

/**
 * What Lambda itself writes into a function's log before an invocation. Source: Lambda developer guide, "Working with
 * Lambda function logs" and "Log-level filtering": at the usual level, start and report.
 */
export function startLine({ settings, requestId, nowMs }: Invocation): string {
  if (!isJson(settings)) return `START RequestId: ${requestId} Version: $LATEST`;
  return platform('start', nowMs, { requestId, functionArn: settings.arn, version: '$LATEST' });
}

/** What it writes after one. The memory that was used is not measured here, and so left out. */
export function endLines({
  settings,
  requestId,
  nowMs,
  durationMs: measuredMs,
  outcome,
}: Invocation & { readonly durationMs: number; readonly outcome: Outcome }): readonly string[] {
  const durationMs = Math.round(measuredMs * 100) / 100;
  const billedDurationMs = Math.ceil(durationMs);
  const { memoryMb: memorySizeMB } = settings;
  const status = statusOf(outcome);
  if (isJson(settings)) {
    const metrics = { durationMs, billedDurationMs, memorySizeMB };
    return [platform('report', nowMs, { requestId, metrics, status })];
  }
  const report = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedDurationMs} ms`,
    `Memory Size: ${memorySizeMB} MB`,
    ...(status === 'success' ? [] : [`Status: ${status}`]),
  ];
  return [`END RequestId: ${requestId}`, report.join('\t')];
}

function platform(
  event: 'start' | 'report',
  nowMs: number,
  record: Readonly<Record<string, unknown>>,
): string {
  return JSON.stringify({ time: new Date(nowMs).toISOString(), type: `platform.${event}`, record });
}

function isJson({ environment }: Pick<FunctionSettings, 'environment'>): boolean {
  return environment['AWS_LAMBDA_LOG_FORMAT'] === 'JSON';
}

/** Source: Lambda developer guide, "Lambda Telemetry API Event schema reference", Status. */
function statusOf(outcome: Outcome): 'success' | 'error' | 'timeout' | 'failure' {
  if (outcome.kind !== 'failed') return 'success';
  const { errorType } = outcome.error;
  if (errorType === 'Sandbox.Timedout') return 'timeout';
  return errorType === 'Runtime.ExitError' ? 'failure' : 'error';
}
