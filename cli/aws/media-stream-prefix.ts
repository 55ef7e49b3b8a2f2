/**
 * The prefix as an administrator gave it: Amazon Connect answers `<prefix>-connect-<alias>-contact-`.
 * Source: Terraform's AWS provider, aws_connect_instance_storage_config, `prefix`; not tried on a live account.
 */
export function givenPrefix(prefix: string, alias: string): string {
  const added = `-connect-${alias}-contact-`;
  return prefix.endsWith(added) ? prefix.slice(0, -added.length) : prefix;
}
