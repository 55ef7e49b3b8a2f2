import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Tags } from 'aws-cdk-lib';
import written from '../voicemail.config.ts';
import { parseConfig, type VoicemailConfig } from './config.ts';
import { settingWarnings } from './config-warnings.ts';
import { gapsIn, needs } from './regions/region-gaps.ts';
import { testStack } from './stack.fixture.ts';

const { tonePromptArn: _tone, holdMusicPromptArn: _music, ...flows } = written.flows ?? {};
const { mediaStreams: _, ...withoutStreams } = written;

/** The sample in GovCloud, where no audio is streamed, and voicemails come from IVR recordings. */
function inGovCloud(change: Partial<VoicemailConfig> = {}): VoicemailConfig {
  const moved: VoicemailConfig = JSON.parse(
    JSON.stringify({
      ...withoutStreams,
      flows,
      audioSource: 'ivr',
      ivrRecordings: { bucket: 'acme-recordings' },
    })
      .replaceAll('arn:aws:', 'arn:aws-us-gov:')
      .replaceAll('us-east-1', 'us-gov-west-1'),
  );
  return parseConfig({ ...moved, monitoring: 'full', ...change });
}

const stack = testStack(inGovCloud());
const home = testStack(parseConfig(written));
before(() => {
  // What a company may put on everything.
  Tags.of(stack.app).add('cost-center', '4711');
  stack.app.synth();
  home.app.synth();
});
after(() => {
  stack.remove();
  home.remove();
});

test('the stack needs nothing that GovCloud does not have', () => {
  const missing = gapsIn('us-gov-west-1').flatMap((gap) =>
    stack.resources().filter((resource) => needs(resource, gap)),
  );

  assert.deepEqual(
    missing.map(({ id }) => id),
    [],
  );
  assert.ok(stack.resourcesOf('AWS::SQS::Queue').every(({ Properties }) => Properties['Tags']));
});

test('logs are text there, in the same groups, and JSON elsewhere', () => {
  const formatsOf = (made: typeof stack) => [
    ...new Set(
      made.resourcesOf('AWS::Lambda::Function').map(({ Properties }) => {
        const { LogFormat = 'Text', ...others } = Object(Properties['LoggingConfig']);
        return `${LogFormat} ${Object.keys(others).join()}`;
      }),
    ),
  ];

  const loud = testStack(inGovCloud({ logLevel: 'debug' }));
  after(loud.remove);
  loud.app.synth();

  assert.deepEqual(formatsOf(loud), ['Text LogGroup']);
  assert.match(loud.text(), /"VMX_LOG_LEVEL": "debug"/);
  assert.deepEqual(formatsOf(stack), ['Text LogGroup']);
  assert.deepEqual(formatsOf(home), ['JSON LogGroup']);
});

test('every ARN is of its partition, and links lead to API Gateway', () => {
  const arns = stack.text().match(/arn:aws[a-z-]*:(?!iam::aws:)[^"]*/g) ?? [];

  assert.ok(arns.length > 10);
  assert.deepEqual(
    arns.filter((arn) => !arn.startsWith('arn:aws-us-gov:')),
    [],
  );
  assert.equal(stack.resourcesOf('AWS::ApiGatewayV2::Api').length, 1);
  assert.deepEqual(settingWarnings(inGovCloud()), settingWarnings(parseConfig(written)));
});

test('function URLs that the settings want there are warned of, by the name of the setting', () => {
  const wanted = settingWarnings(inGovCloud({ links: { host: 'function-url' } }));
  const also = settingWarnings(
    inGovCloud({ links: { host: 'none', alsoAt: ['function-url'] }, email: attached() }),
  );

  assert.match(
    wanted.join('\n'),
    /^links\.host: .*us-gov-west-1 does not have Lambda function URLs.*Set links\.host to/m,
  );
  assert.match(also.join('\n'), /^links\.alsoAt: .*Leave links\.alsoAt out\.$/m);
});

function attached() {
  assert.ok(written.email);
  return { ...written.email, recording: 'attach' as const };
}
