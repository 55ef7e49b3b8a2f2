/** Whether a change of a property needs another resource in the place of the one that is there. */
type Recreation = 'Never' | 'Conditionally' | 'Always';

export type PropertyRules = (type: string, property: string) => Recreation;

let loading: Promise<PropertyRules> | undefined;

/**
 * What CloudFormation's schemas say of each property, from `@aws-cdk/aws-service-spec`. It takes half a
 * second and 170 MB, so it is loaded at the first update.
 */
export function loadPropertyRules(): Promise<PropertyRules> {
  return (loading ??= load());
}

async function load(): Promise<PropertyRules> {
  const { loadAwsServiceSpec } = await import('@aws-cdk/aws-service-spec');
  const database = await loadAwsServiceSpec();
  return (type, property) => {
    const [resource] = database.lookup('resource', 'cloudFormationType', 'equals', type);
    switch (resource?.properties[property]?.causesReplacement) {
      case 'yes':
        return 'Always';
      case 'maybe':
        return 'Conditionally';
      case 'no':
      case undefined:
        return 'Never';
    }
  };
}
