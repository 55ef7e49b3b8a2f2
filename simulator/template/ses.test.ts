import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetEmailTemplateCommand, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { arnOf, happened, startTestStack } from './stack.fixture.ts';

test('a stack’s configuration set sends events about mails to its rules', async (t) => {
  const simulator = await startTestStack(t, {
    functions: {
      onBounce: { code: 'export const handler = async (event) => event.detail.bounce.bounceType;' },
    },
    resources: {
      Mails: { Type: 'AWS::SES::ConfigurationSet' },
      Events: {
        Type: 'AWS::SES::ConfigurationSetEventDestination',
        Properties: {
          ConfigurationSetName: { Ref: 'Mails' },
          EventDestination: {
            Enabled: true,
            MatchingEventTypes: ['bounce', 'renderingFailure', 'COMPLAINT'],
            EventBridgeDestination: {
              EventBusArn: { 'Fn::Sub': 'arn:aws:events:us-east-1:${AWS::AccountId}:event-bus/default' },
            },
          },
        },
      },
      Hello: {
        Type: 'AWS::SES::Template',
        Properties: { Template: { TemplateName: 'hello', SubjectPart: 'Hi', TextPart: 'Hi {{name}}' } },
      },
      Bounced: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: { source: ['aws.ses'], 'detail-type': ['Email Bounced'] },
          Targets: [{ Id: 't', Arn: arnOf('onBounce') }],
        },
      },
      MayInvoke: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: arnOf('onBounce'),
          Principal: 'events.amazonaws.com',
          SourceArn: arnOf('Bounced'),
        },
      },
    },
    outputs: { Mails: { Value: { Ref: 'Mails' } } },
  });
  const { endpoint, credentials, deployment, ses } = simulator;
  const client = new SESv2Client({ endpoint, credentials, region: 'us-east-1' });
  const invoked = happened(simulator, 'invocation');
  const sent = happened(simulator, 'mail-sent');

  await client.send(
    new SendEmailCommand({
      FromEmailAddress: 'vm@example.com',
      Destination: { ToAddresses: ['bounce@simulator.amazonses.com'] },
      Content: { Template: { TemplateName: 'hello', TemplateData: '{"name":"Ana"}' } },
      ConfigurationSetName: deployment.outputs['Mails'],
    }),
  );

  assert.equal((await invoked).error, undefined);
  assert.partialDeepStrictEqual(await sent, { recipients: 1, subject: 'Hi' });
  assert.equal(ses.mails()[0]?.text, 'Hi Ana');
  const { TemplateContent } = await client.send(new GetEmailTemplateCommand({ TemplateName: 'hello' }));
  assert.deepEqual(TemplateContent, { Subject: 'Hi', Text: 'Hi {{name}}' });
});
