import { linkHostOf } from '../../infra/link-settings.ts';
import { ledgerDaysOf } from '../../infra/retention-settings.ts';
import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { followLink } from '../../src/adapters/follow-link.ts';
import { recordingSource, testProbe, type ProbeCall } from '../../src/adapters/test-probe.ts';
import { samplesOf } from '../../src/domain/audio/wav.ts';
import { PermanentError, RetryableError } from '../../src/domain/errors.ts';
import type { Leftovers, TestOutcome, TestQueue, TestStep } from '../../src/domain/test-voicemail.ts';
import { removeLeftovers } from '../../src/steps/remove-test-voicemail.ts';
import { sendTestVoicemail } from '../../src/steps/send-test-voicemail.ts';
import type { TestSource, TestWork } from '../../src/steps/test-ports.ts';
import { RefusedError } from '../command.ts';
import { outputOf, stack } from '../doctor/facts/stack.ts';
import type { Look } from '../doctor/look.ts';
import { testRecording } from '../verify/test-recording.ts';
import { askAws } from './ask-aws.ts';
import { callSource } from './call-source.ts';
import { deployedStack } from './deployed-stack.ts';
import { ledgerEntries } from './ledger-entries.ts';
import type { Limits } from './limits.ts';
import { objectFinder } from './voicemail-objects.ts';

const DAY_MS = 86_400_000;

/** How a test voicemail goes in, and how it comes out. */
export interface WantedTest {
  readonly isCall: boolean;
  readonly mode: 'task' | 'email';
  /** Absent for a mail. */
  readonly queue: TestQueue | undefined;
}

interface TestingWork extends Limits {
  readonly look: Look;
  readonly onStep: (step: TestStep) => void;
  readonly onLeftovers?: (leftovers: Leftovers) => void;
  /** Called with the contact id of the test, as soon as there is something to be removed. */
  readonly onMade?: (contactId: string) => void;
  readonly brokenOff?: AbortSignal | undefined;
}

/**
 * Removes what earlier test voicemails have left, sends one through the stack of the settings, and says each step.
 * Throws RefusedError.
 */
export async function testStack(wanted: WantedTest, testing: TestingWork): Promise<TestOutcome> {
  const { isCall, mode, queue } = wanted;
  const work = await workOf(isCall, testing);
  const { onLeftovers, onMade } = testing;
  // Only who tries calls may remove the video stream of one.
  const found = await removeLeftovers(({ kind }) => isCall || kind !== 'call', work);
  onLeftovers?.(found);
  return await sendTestVoicemail({ kind: isCall ? 'call' : 'recording', mode, queue }, work, onMade);
}

async function workOf(isCall: boolean, testing: TestingWork): Promise<TestWork> {
  const { look, onStep, wait, clock, brokenOff } = testing;
  const { client, place, config, home, stackName } = look;
  const deployed = await deployedStack(stackName, place);
  const found = await stack(look);
  const flowId = found && outputOf(found, 'TaskFlow');
  if (flowId === undefined) throw new RefusedError(`the stack ${stackName} has no output TaskFlow`);
  const call: ProbeCall = (permission, ask) => askAws(permission, place, ask);
  const parts = { ...deployed, s3: client(S3Client), call };
  const probe = testProbe({
    ...parts,
    connect: client(ConnectClient),
    transcribe: client(TranscribeClient),
    dynamodb: client(DynamoDBClient),
    instanceId: home.instanceId,
    flowId,
  });
  const source: TestSource = isCall ? callSource(look, testing, probe.now) : recordingSource(parts);
  const retentionMs = ledgerDaysOf(config) * DAY_MS;
  return {
    instanceArn: config.instanceArn,
    probe,
    source,
    pcm: samplesOf(testRecording()),
    ledger: ledgerEntries(deployed.ledgerTable, { ...place, retentionMs, now: probe.now }),
    objects: objectFinder(deployed, place),
    hasLinks: linkHostOf(config) !== 'none',
    follow: followLink,
    refusalIn,
    onStep,
    wait,
    clock,
    ...(brokenOff && { brokenOff }),
  };
}

function refusalIn(error: unknown): string | undefined {
  const isRefusal =
    error instanceof RefusedError || error instanceof RetryableError || error instanceof PermanentError;
  return isRefusal ? error.message : undefined;
}
