import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CustomerProfilesClient,
  GetDomainCommand,
  ListIntegrationsCommand,
  SearchProfilesCommand,
} from '@aws-sdk/client-customer-profiles';
import { createClock } from '../../simulator/clock.ts';
import { LAPTOP_ACCOUNT } from '../../simulator/sample-account.ts';
import { createCustomerProfiles } from '../../simulator/services/customer-profiles/customer-profiles.ts';
import { INSTANCE_ARN } from './connect-setup.ts';
import { answered, simulatorOnly, startTarget } from './setup.ts';

const NUMBER = '+15555550142';
const MARIA = { ProfileId: 'maria', FirstName: 'Maria', LastName: 'Silva', PhoneNumber: NUMBER };
const GLOBEX = { ProfileId: 'globex', BusinessName: 'Globex', BusinessPhoneNumber: NUMBER };
const OTHERS = Array.from({ length: 25 }, (_, index) => ({
  ProfileId: `other-${index}`,
  HomePhoneNumber: '+15555550177',
  EmailAddress: 'home@example.com',
}));

const { service } = createCustomerProfiles({
  clock: createClock('real'),
  account: LAPTOP_ACCOUNT,
  domains: [
    { name: 'acme', instanceArns: [INSTANCE_ARN], profiles: [MARIA, GLOBEX, ...OTHERS] },
    { name: 'empty' },
  ],
});
const { client, close } = await startTarget([service]);
after(close);
const profiles = new CustomerProfilesClient(client);

type Input = ConstructorParameters<typeof SearchProfilesCommand>[0];

const search = (change: Partial<Input>) =>
  profiles.send(
    new SearchProfilesCommand({ DomainName: 'acme', KeyName: '_phone', Values: [NUMBER], ...change }),
  );

const ids = async (change: Partial<Input>) => (await search(change)).Items?.map((one) => one.ProfileId);

test('profiles are found by any of their numbers', simulatorOnly, async () => {
  const { Items = [], NextToken } = await search({});

  assert.partialDeepStrictEqual(Items, [
    { ...MARIA, FoundByItems: [{ KeyName: '_phone', Values: [NUMBER] }] },
    GLOBEX,
  ]);
  assert.equal(NextToken, undefined);
  assert.deepEqual((await search({ Values: ['5555550142'] })).Items, []);
  assert.deepEqual((await search({ DomainName: 'empty' })).Items, []);
});

test('keys are joined by or, or by and', simulatorOnly, async () => {
  const AdditionalSearchKeys = [{ KeyName: '_fullName', Values: ['Maria Silva'] }];

  assert.deepEqual(await ids({ AdditionalSearchKeys }), ['maria', 'globex']);
  assert.deepEqual(await ids({ AdditionalSearchKeys, LogicalOperator: 'AND' }), ['maria']);
  assert.deepEqual(await ids({ KeyName: '_profileId', Values: ['globex'] }), ['globex']);
});

test('there are 20 profiles in a page, or as many as are asked for', simulatorOnly, async () => {
  const asked = { KeyName: '_email', Values: ['home@example.com'] };

  const first = await search(asked);
  const second = await search({ ...asked, NextToken: first.NextToken });
  const few = await search({ ...asked, MaxResults: 2 });

  assert.deepEqual([first.Items?.length, second.Items?.length, few.Items?.length], [20, 5, 2]);
  assert.equal(second.NextToken, undefined);
});

test('what cannot be asked is refused', simulatorOnly, async () => {
  const badRequest = answered(400, 'BadRequestException');

  await assert.rejects(search({ DomainName: 'globex' }), answered(404, 'ResourceNotFoundException'));
  await assert.rejects(search({ DomainName: 'a domain' }), badRequest);
  await assert.rejects(search({ Values: [] }), badRequest);
  await assert.rejects(search({ MaxResults: 101 }), badRequest);
  await assert.rejects(search({ NextToken: 'x' }), badRequest);
});

test('a domain is described, with what it gets its data from', simulatorOnly, async () => {
  const domain = await profiles.send(new GetDomainCommand({ DomainName: 'acme' }));
  const { Items } = await profiles.send(new ListIntegrationsCommand({ DomainName: 'acme' }));

  assert.partialDeepStrictEqual(domain, { DomainName: 'acme', Stats: { ProfileCount: 27 } });
  assert.partialDeepStrictEqual(Items, [{ Uri: INSTANCE_ARN, ObjectTypeName: 'CTR' }]);
  const gone = profiles.send(new GetDomainCommand({ DomainName: 'gone' }));
  await assert.rejects(gone, answered(404, 'ResourceNotFoundException'));
});
