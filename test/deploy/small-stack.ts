import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { homeOf } from '../../infra/arns.ts';
import { STACK_DESCRIPTION } from '../../infra/version.ts';
import sample from '../../voicemail.config.ts';

/** By logical id: type, and properties. */
export type Resources = Readonly<Record<string, readonly [string, Readonly<Record<string, unknown>>?]>>;

export const QUEUES: Resources = {
  First: ['AWS::SQS::Queue'],
  Second: ['AWS::SQS::Queue'],
  Third: ['AWS::SQS::Queue'],
};

/** A stack of the name and account of the sample, with little in it: it is synthesized in a moment. */
export function synthesizeSmall(
  resources: Resources,
  { version = '1.0.0', isProtected = true }: { version?: string; isProtected?: boolean } = {},
): { readonly assemblyFolder: string; readonly remove: () => void } {
  const outdir = mkdtempSync(join(tmpdir(), 'small-stack-'));
  const { accountId, region } = homeOf(sample.instanceArn);
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'VoicemailExpress', {
    description: STACK_DESCRIPTION,
    env: { account: accountId, region },
    terminationProtection: isProtected,
  });
  const put = (id: string, value: string) => new CfnOutput(stack, id, { value });
  Object.entries(resources).map(
    ([id, [type, properties = {}]]) => new CfnResource(stack, id, { type, properties }),
  );
  put('Version', version);
  put('InstanceArn', sample.instanceArn);
  app.synth();
  return { assemblyFolder: outdir, remove: () => rmSync(outdir, { recursive: true, force: true }) };
}
